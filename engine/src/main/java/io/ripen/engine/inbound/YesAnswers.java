package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.channels.Keywords;
import io.ripen.engine.consents.Confirmations;
import io.ripen.engine.consents.DoubleOptIn;
import io.ripen.engine.events.Event;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.TouchRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Tells the bare yes that confirms a double opt-in from any other: it comes from a number that was
 * asked to confirm within the last days.
 */
@Component
@Profile("engine")
final class YesAnswers {

  /** One that comes later may be about anything. */
  private static final Duration CONFIRMED_WITHIN = Duration.ofDays(7);

  private static final String PURPOSE = DoubleOptIn.TEXTS.purpose();

  private final InboundJdbc table;
  private final Confirmations confirmations;

  YesAnswers(InboundJdbc table, Confirmations confirmations) {
    this.table = table;
    this.confirmations = confirmations;
  }

  /** The consent that this is, if it is one; however often it comes, and in whatever shape. */
  Optional<Event> consent(Inbound.FromPerson person, String text) {
    return Medium.named(person.channel()) == Medium.SMS && Keywords.isYes(text)
        ? table
            .askedToConfirm(person.from(), person.at().minus(CONFIRMED_WITHIN))
            .map(touch -> consent(person, text, touch))
        : Optional.empty();
  }

  private Event consent(Inbound.FromPerson person, String text, TouchRef touch) {
    return InboundEvents.confirmed(
        confirmations.eventId(touch, PURPOSE),
        person.at(),
        touch,
        Map.of("purpose", PURPOSE, "wording", text, "by", "double-opt-in: answer"));
  }
}
