package io.ripen.engine.touches;

import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Asks what became of a touch whose answer was lost, or that is kept until somebody sees it. Sends
 * nothing.
 */
@Component
@Profile("workers")
final class Inquiry {

  /** A provider that could not tell until then will not. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** The provider may not have listed this one yet. */
  private static final Duration ANOTHERS = Duration.ofMinutes(1);

  private final Senders senders;
  private final LeadFacts leadFacts;
  private final LostTouches lost;
  private final Clock clock;

  Inquiry(Senders senders, LeadFacts leadFacts, LostTouches lost, Clock clock) {
    this.senders = senders;
    this.leadFacts = leadFacts;
    this.lost = lost;
    this.clock = clock;
  }

  /** What the provider says; nothing if it cannot tell. */
  Optional<TouchOutcome> ask(Touch touch, Medium medium, TouchRow.HandOver handOver) {
    Optional<Sender> sender = senders.by(medium);
    Optional<Kept> kept = sender.flatMap(each -> each.whereIs(touch));
    if (kept.isPresent()) {
      return answer(touch, medium, kept.get(), handOver);
    }
    Optional<Facts> facts = leadFacts.read(touch.about());
    String address = facts.map(medium::address).orElse(null);
    if (facts.isEmpty()
        || sender.isEmpty()
        || address == null
        // Of another address the provider knows something else.
        || !lost.wasFor(touch.key(), address)) {
      return Optional.empty();
    }
    try {
      Sender.Ready message = sender.get().prepare(touch, facts.get(), address, clock.instant());
      return answer(
          touch, medium, message.lookUp().apply(handOver.at()), message.locale(), handOver);
    } catch (ContentProblem e) {
      return Optional.empty();
    }
  }

  private Optional<TouchOutcome> answer(
      Touch touch, Medium medium, Kept kept, TouchRow.HandOver handOver) {
    return switch (kept) {
      case Kept.Seen seen -> found(touch, medium, seen.providerId(), null, handOver);
      case Kept.Missing missing -> missing(touch);
      case Kept.Waiting waiting -> Optional.of(new TryLater(waiting.backoff(), waiting.cause()));
      case Kept.Unseen unseen ->
          Optional.of(
              lost.unseen(touch.key(), medium, unseen.reason(), clock.instant())
                  ? new Rejected(unseen.reason())
                  : new TryLater(AT_ONCE, "others have told since"));
    };
  }

  private Optional<TouchOutcome> answer(
      Touch touch, Medium medium, Finding finding, String locale, TouchRow.HandOver handOver) {
    return switch (finding) {
      case Finding.Found found -> found(touch, medium, found.providerId(), locale, handOver);
      case Finding.Missing missing -> missing(touch);
      case Finding.Unknown unknown -> later(unknown.backoff(), unknown.cause(), handOver);
    };
  }

  private Optional<TouchOutcome> found(
      Touch touch,
      Medium medium,
      String providerId,
      @Nullable String locale,
      TouchRow.HandOver handOver) {
    return lost.found(touch.key(), medium, providerId, locale, clock.instant())
        ? Optional.of(new Done())
        : later(ANOTHERS, "what the provider has is another touch's", handOver);
  }

  private Optional<TouchOutcome> missing(Touch touch) {
    lost.missing(touch.key());
    return Optional.of(new TryLater(AT_ONCE, "the provider does not have it"));
  }

  private static Optional<TouchOutcome> later(
      Duration backoff, String cause, TouchRow.HandOver handOver) {
    return backoff.isPositive() && handOver.ago().compareTo(LONG_ENOUGH) < 0
        ? Optional.of(new TryLater(backoff, cause))
        : Optional.empty();
  }
}
