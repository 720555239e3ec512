package io.ripen.engine.touches;

import io.ripen.engine.consents.Consents;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Facts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Decides in one place whether a touch may go out, as things are when it is asked. */
@Component
@Profile("workers")
final class Gate {

  private final Consents consents;
  private final Feel feel;
  private final Senders senders;

  Gate(Consents consents, Feel feel, Senders senders) {
    this.senders = senders;
    this.consents = consents;
    this.feel = feel;
  }

  /**
   * Decides. The caller keeps the decision with its reason.
   *
   * @throws InvalidFeel when the touch's condition is no good
   */
  GateDecision decide(Touch touch, Medium medium, Facts facts) throws InvalidFeel {
    String channel = medium.lower();
    if (senders.by(medium).isEmpty()) {
      return GateDecision.deny(
          "no-adapter", "Nothing that sends %s messages is set up here.".formatted(channel));
    }
    String address = medium.address(facts);
    if (address == null) {
      return GateDecision.deny(
          medium.isOnSite() ? "not-on-site" : "no-address", medium.unreachable());
    }
    Permission permission = consents.permission(touch.leadId(), channel, touch.purpose(), address);
    return switch (permission) {
      case Permission.Granted granted -> condition(touch, facts);
      case Permission.NeverGiven never ->
          medium.isOnSite()
              ? condition(touch, facts)
              : GateDecision.deny(
                  "no-consent",
                  "The lead never agreed to %s messages by %s."
                      .formatted(touch.purpose(), channel));
      case Permission.Withdrawn withdrawn ->
          GateDecision.deny(
              "consent-withdrawn",
              "The lead took the consent to %s messages by %s back on %s."
                  .formatted(
                      touch.purpose(),
                      channel,
                      LocalDate.ofInstant(withdrawn.at(), ZoneOffset.UTC)));
      case Permission.Suppressed suppressed ->
          GateDecision.deny(
              "suppressed",
              "Nobody may write to this address since %s (%s)."
                  .formatted(
                      LocalDate.ofInstant(suppressed.since(), ZoneOffset.UTC),
                      suppressed.reason()));
    };
  }

  private GateDecision condition(Touch touch, Facts facts) throws InvalidFeel {
    String condition = touch.onlyIf();
    return condition == null || condition.isBlank() || feel.holds(condition, facts.tree())
        ? GateDecision.allow()
        : GateDecision.deny(
            "condition-not-met", "The condition does not hold: " + condition.strip());
  }
}
