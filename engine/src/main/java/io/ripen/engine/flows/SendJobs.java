package io.ripen.engine.flows;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of jobs that send something: each channel has its own, {@code send-sms} for SMS. */
public final class SendJobs {

  private static final String PREFIX = "send-";

  /** As flows name them; {@code best} is whichever of the lead's suits best. */
  private static final Set<String> CHANNELS =
      Set.of("email", "sms", "messenger", "chat", "popup", "push", "best");

  private SendJobs() {}

  /** The channel that jobs of this type send by; none, where they send nothing. */
  public static Optional<String> channel(@Nullable String type) {
    return Optional.ofNullable(type)
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .filter(CHANNELS::contains);
  }
}
