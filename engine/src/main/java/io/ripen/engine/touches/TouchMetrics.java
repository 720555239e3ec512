package io.ripen.engine.touches;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.Medium;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What operators see of touches. */
@Component
final class TouchMetrics {

  private static final String BECAME = "ripen.touches";
  private static final String HEARD = "ripen.touches.news";
  private static final String NONE = "none";

  private static final List<String> NEWS =
      List.of("delivered", "opened", "clicked", "replied", "bounced");

  private static final Map<String, List<String>> REASONS =
      Map.of(
          "denied", List.of("no-consent", "consent-withdrawn", "suppressed"),
          "deferred", List.of("cap", "quiet-hours", "runaway"),
          "rejected", List.of(TouchCodes.REFUSED, TouchCodes.GAVE_UP, TouchCodes.UNSEEN),
          "uncertain",
              List.of(
                  TouchCodes.ANSWER_LOST,
                  TouchCodes.WORKER_LOST,
                  TouchCodes.GAVE_UP,
                  TouchCodes.REFUSED));

  private final MeterRegistry meters;

  TouchMetrics(MeterRegistry meters) {
    this.meters = meters;
    // What has not happened yet is told as 0, so that the first time is seen as a rise.
    for (Medium medium : Medium.values()) {
      count(medium, "accepted", NONE, 0);
      REASONS.forEach((outcome, all) -> all.forEach(each -> count(medium, outcome, each, 0)));
      NEWS.forEach(each -> heard(medium.lower(), each, 0));
    }
  }

  /** It is with the provider. */
  void accepted(Medium medium) {
    count(medium, "accepted", NONE);
  }

  /** It is settled otherwise than by the gate. */
  void settled(Medium medium, TouchState state, String code) {
    count(medium, state.name().toLowerCase(Locale.ROOT), code);
  }

  /** It waits for somebody to mend its flow or its content. */
  void broken(Medium medium) {
    count(medium, TouchCodes.BROKEN, TouchCodes.BROKEN);
  }

  /** The gate said no, or not now. */
  void stopped(Medium medium, GateDecision decision) {
    switch (decision) {
      case GateDecision.Allow allow -> {}
      case GateDecision.Defer defer -> count(medium, "deferred", defer.code());
      case GateDecision.Deny deny -> count(medium, "denied", deny.code());
    }
  }

  /** It goes out; later tries are left out, which tell of the provider and not of us. */
  void handedOver(Claim claim, Instant now) {
    if (claim.attempts() == 1) {
      Timer.builder("ripen.touches.delay")
          .description("from when a touch was due until it was handed over at the first try")
          .tag("channel", claim.medium().lower())
          .serviceLevelObjectives(
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofMinutes(5),
              Duration.ofHours(1))
          .register(meters)
          .record(Duration.between(claim.dueAt(), now));
    }
  }

  /** Somebody told what became of it: delivered, opened, clicked, replied or bounced. */
  void heard(String channel, String news) {
    heard(channel, news, 1);
  }

  private void heard(String channel, String news, int times) {
    Medium medium = Medium.named(channel);
    meters
        .counter(HEARD, "channel", medium == null ? "unknown" : medium.lower(), "news", news)
        .increment(times);
  }

  private void count(Medium medium, String outcome, String reason) {
    count(medium, outcome, reason, 1);
  }

  private void count(Medium medium, String outcome, String reason, int times) {
    meters
        .counter(BECAME, "channel", medium.lower(), "outcome", outcome, "reason", reason)
        .increment(times);
  }
}
