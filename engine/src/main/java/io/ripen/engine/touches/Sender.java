package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes and sends the messages of one channel. Safe for use by many threads. */
interface Sender {

  Medium medium();

  /**
   * Makes the message of a touch; nothing is sent yet.
   *
   * @param address where it goes
   * @param useUntil until when it is of use
   * @throws ContentProblem when the flow has no such message, or it cannot be rendered
   */
  Ready prepare(Touch touch, Facts facts, String address, Instant useUntil) throws ContentProblem;

  /** What came of this touch's message; see {@link Channel#whereIs}. */
  default Optional<Kept> whereIs(Touch touch) {
    return Optional.empty();
  }

  /** See {@link Channel#providers}. */
  List<Channel.Provider> providers();

  /** See {@link Channel#isHeld}. */
  default boolean isHeld() {
    return providers().stream().anyMatch(Channel.Provider::isHeld);
  }

  /**
   * A message that is ready to go.
   *
   * @param locale the one that it is written in
   * @param to where it goes
   * @param send hands it to the provider; see {@link Channel#send}
   * @param lookUp asks the provider for it; see {@link Channel#lookUp}
   */
  record Ready(
      String locale,
      String to,
      Function<Channel.HandOver, SendResult> send,
      Function<Instant, Finding> lookUp) {}
}
