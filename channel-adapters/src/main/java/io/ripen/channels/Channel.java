package io.ripen.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach a person. Safe for use by many threads.
 *
 * @param <M> what this channel sends
 */
public interface Channel<M> {

  /** The channel's name in flows, consents and reports, for example {@code email}. */
  String name();

  /**
   * Hands one message to the provider and waits for its answer.
   *
   * <p>Just before the first moment at which the provider could accept the message, {@link
   * HandOver#begin()} is called, once. When it throws, the message is certainly not sent, and the
   * exception leaves this method. Until it has returned, a caller who dies may send again without
   * fear of a second message.
   *
   * @return what became of the message; a provider's or network's failure is a result, never an
   *     exception
   */
  SendResult send(M message, HandOver handOver);

  /**
   * Asks the provider whether it has a message whose hand-over was not answered; sends nothing.
   *
   * @param message as it was handed over
   * @param handedOver when, right to a minute or two
   * @return {@link Finding.Unknown} without a backoff where the provider cannot be asked
   */
  default Finding lookUp(M message, Instant handedOver) {
    return new Finding.Unknown("nobody can ask the provider", Duration.ZERO);
  }

  /**
   * What came of a message that may be {@link SendResult.Waiting}, also where nobody heard that it
   * is. Sends nothing, and gives up what nobody saw in its time: from then on nobody sees it.
   *
   * @param messageId as it was handed over
   * @return nothing where the channel keeps no messages until somebody sees them
   */
  default Optional<Kept> whereIs(String messageId) {
    return Optional.empty();
  }

  /** Who takes the messages; most channels have one provider. */
  default List<Provider> providers() {
    return List.of(new Provider(name(), null));
  }

  /** Whether messages are kept back from any provider, see {@link Provider#heldBecause()}. */
  default boolean isHeld() {
    return providers().stream().anyMatch(Provider::isHeld);
  }

  /**
   * One that takes messages.
   *
   * @param heldBecause why messages are kept back from it: it asked to be left alone, or failed so
   *     often that nothing is sent until one message gets through; free of personal data. Null
   *     where they are not; where none has tried for hours nobody knows, and it is null, too
   */
  record Provider(String name, @Nullable String heldBecause) {

    /** Whether messages are kept back from it. */
    public boolean isHeld() {
      return heldBecause != null;
    }
  }

  /** The caller's last word before a message can no longer be taken back. */
  @FunctionalInterface
  interface HandOver {
    void begin();
  }
}
