package io.ripen.engine.consents;

import io.ripen.engine.consents.ConsentsJdbc.Newest;
import io.ripen.engine.links.TouchRef;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a consent back on the person's word. In force when {@link #by} returns; doing it again
 * changes nothing.
 */
@Component
@Profile("engine")
class Unsubscribe {

  private final ConsentsJdbc consents;
  private final SuppressionsJdbc suppressions;
  private final Clock clock;

  Unsubscribe(ConsentsJdbc consents, SuppressionsJdbc suppressions, Clock clock) {
    this.consents = consents;
    this.suppressions = suppressions;
    this.clock = clock;
  }

  /**
   * Takes back what allowed this touch.
   *
   * @return since when it is taken back
   */
  @Transactional
  public Instant by(TouchRef touch, Proof proof) {
    Optional<Newest> newest = consents.newest(touch.leadId(), touch.channel(), touch.purpose());
    Instant at =
        newest
            .filter(n -> !n.granted())
            .map(Newest::at)
            .orElseGet(() -> record(touch, proof, newest));
    suppressions.suppressAddressOf(touch.leadId(), touch.channel(), touch.purpose(), at);
    return at;
  }

  /** The no comes after the yes even where the yes was told by a clock that is ahead of ours. */
  private Instant record(TouchRef touch, Proof proof, Optional<Newest> newest) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant at =
        newest
            .map(n -> n.at().plus(1, ChronoUnit.MICROS))
            .filter(after -> after.isAfter(now))
            .orElse(now);
    consents.record(
        List.of(
            new ConsentChange(
                touch.leadId(), touch.channel(), touch.purpose(), false, at, proof.json(touch))));
    return at;
  }

  /**
   * How we know.
   *
   * @param wording {@code one-click} for a mail program's button, {@code page} for ours
   */
  record Proof(String wording, String url, @Nullable String ip, @Nullable String userAgent) {

    ObjectNode json(TouchRef touch) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("wording", wording)
          .put("url", url)
          .put("ip", ip)
          .put("userAgent", userAgent)
          .put("touch", Long.toString(touch.touch()));
    }
  }
}
