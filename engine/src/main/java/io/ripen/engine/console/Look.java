package io.ripen.engine.console;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame of every page ({@code layout.html}) asks of the model. */
@ControllerAdvice
final class Look {

  private final boolean local;

  Look(Environment environment) {
    this.local = environment.acceptsProfiles(Profiles.of("local"));
  }

  /** Whether the local server's mailbox is there to be linked. */
  @ModelAttribute("ripenLocal")
  boolean ripenLocal() {
    return local;
  }
}
