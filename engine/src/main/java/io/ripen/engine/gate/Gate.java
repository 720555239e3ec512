package io.ripen.engine.gate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.consents.Permissions;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.GateDecision.Allow;
import io.ripen.engine.gate.GateDecision.Defer;
import io.ripen.engine.gate.GateDecision.Deny;
import io.ripen.engine.leads.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Decides in one place whether a touch may go out, as things are when it is asked: first whether it
 * ever may (channel, address, consent, the flow's goal and its own condition), then whether it may
 * now (caps, gap, quiet hours). What may not go out before it is of no more use never goes out.
 */
@Component
@Profile("workers")
public final class Gate {

  /** How many messages that ask to confirm one address gets, over all leads. */
  private static final int MOST_CONFIRMATIONS = 3;

  private static final Duration CONFIRMATIONS_WITHIN = Duration.ofDays(1);

  /** The same, of an address that has said that it wants nothing. */
  private static final Duration AFTER_A_STOP_WITHIN = Duration.ofDays(30);

  private final Channels channels;
  private final Permissions permissions;
  private final OtherTouches otherTouches;
  private final Goals goals;
  private final Interruption interruption;
  private final Feel feel;
  private final GateRules rules;
  private final Room room;
  private final Clock clock;
  private final MeterRegistry meters;

  Gate(
      Channels channels,
      Permissions permissions,
      OtherTouches otherTouches,
      Goals goals,
      Conversations conversations,
      Feel feel,
      GateRules rules,
      Clock clock,
      MeterRegistry meters) {
    this.channels = channels;
    this.permissions = permissions;
    this.otherTouches = otherTouches;
    this.goals = goals;
    this.interruption = new Interruption(conversations);
    this.feel = feel;
    this.rules = rules;
    this.room = new Room(rules);
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Decides. The caller keeps the decision with its reason.
   *
   * @throws InvalidFeel when the touch's condition is no good
   */
  public GateDecision decide(Request request, Facts facts) throws InvalidFeel {
    Timer.Sample time = Timer.start(meters);
    GateDecision decision = decision(request, facts);
    time.stop(meters.timer("ripen.gate.decisions", "verdict", decision.verdict()));
    return decision;
  }

  private GateDecision decision(Request request, Facts facts) throws InvalidFeel {
    String address = request.medium().address(facts);
    Deny unreachable = unreachable(request.medium(), address);
    if (unreachable != null || address == null) {
      return Objects.requireNonNull(unreachable);
    }
    Permission permission =
        permissions.permission(
            request.leadId(), request.medium().lower(), request.purpose(), address);
    Deny deny = ever(request, permission, facts);
    if (deny != null) {
      return deny;
    }
    Instant now = clock.instant();
    if (request.isAwaited()) {
      return request.isConfirmation()
          ? confirmation(request, address, now)
          : transactional(request, facts.leadId(), now);
    }
    List<OtherTouch> others =
        otherTouches.of(
            facts.leadId(),
            request.medium(),
            address,
            request.key(),
            now.minus(room.horizon()),
            now);
    Wait pause = Wait.later(pause(permission, now), interruption.by(request.medium(), facts, now));
    return now(request, facts.person(), others, pause, now);
  }

  /** It waits for nothing, unless there is so much of it that a flow must be looping. */
  private GateDecision transactional(Request request, UUID leadId, Instant now) {
    Medium medium = request.medium();
    Wait full =
        room.runaway(
            otherTouches.transactional(
                leadId, medium, request.key(), now.minus(room.horizon()), now),
            now,
            "transactional " + medium.plural());
    return full == null ? new Allow() : held(request, full, full.until());
  }

  /** Anybody may type in anybody's number, so whose it is must not be flooded. */
  private GateDecision confirmation(Request request, String address, Instant now) {
    if (request.medium() == Medium.SMS && !PhoneNumber.takesTexts(address)) {
      return new Deny("no-mobile", "No text message reaches this number at the usual price.");
    }
    boolean isRefused = permissions.isRefused(request.medium().lower(), address);
    int sent =
        otherTouches.confirmations(
            request.medium(),
            address,
            request.key(),
            now.minus(isRefused ? AFTER_A_STOP_WITHIN : CONFIRMATIONS_WITHIN));
    return sent < MOST_CONFIRMATIONS
        ? new Allow()
        : new Deny(
            "asked-enough",
            "%d %s that ask to confirm went to this address%s, whoever asked for them."
                .formatted(
                    sent,
                    request.medium().plural(),
                    isRefused ? ", which said STOP, within a month" : " within a day"));
  }

  private static @Nullable Wait pause(Permission permission, Instant now) {
    Instant until = permission.pausedUntil();
    return until != null && until.isAfter(now)
        ? new Wait(until, "paused", "The lead asked for a pause until %s.".formatted(day(until)))
        : null;
  }

  private @Nullable Deny unreachable(Medium medium, @Nullable String address) {
    if (!channels.has(medium)) {
      return new Deny(
          "no-adapter", "Nothing that sends %s is set up here.".formatted(medium.plural()));
    }
    return address == null
        ? new Deny(medium.isOnSite() ? "not-on-site" : "no-address", medium.unreachable())
        : null;
  }

  /** Why it never may, or null. */
  private @Nullable Deny ever(Request request, Permission permission, Facts facts)
      throws InvalidFeel {
    Deny unwanted = unwanted(request, permission);
    if (unwanted != null) {
      return unwanted;
    }
    Deny condition = condition(request, facts);
    return condition == null ? goal(request, facts) : condition;
  }

  private @Nullable Deny goal(Request request, Facts facts) {
    return goals
        .reached(request.run(), facts.leadId(), request.plannedAt())
        .map(
            signal ->
                new Deny("goal-reached", "What ends this flow has happened: %s.".formatted(signal)))
        .orElse(null);
  }

  private static @Nullable Deny unwanted(Request request, Permission permission) {
    String channel = request.medium().lower();
    return switch (permission) {
      case Permission.Granted granted -> null;
      case Permission.NeverGiven never ->
          request.medium().isOnSite()
              ? null
              : new Deny(
                  "no-consent",
                  request.isConfirmation()
                      ? "The lead has not asked for text messages, so there is nothing to confirm."
                      : "The lead never agreed to %s messages by %s."
                          .formatted(request.purpose(), channel));
      case Permission.Withdrawn withdrawn ->
          new Deny(
              "consent-withdrawn",
              "The lead took the consent to %s messages by %s back on %s."
                  .formatted(request.purpose(), channel, day(withdrawn.at())));
      case Permission.Suppressed suppressed ->
          new Deny(
              "suppressed",
              "Nobody may write to this address since %s (%s)."
                  .formatted(day(suppressed.since()), suppressed.reason()));
    };
  }

  private @Nullable Deny condition(Request request, Facts facts) throws InvalidFeel {
    String condition = request.onlyIf();
    return condition == null || condition.isBlank() || feel.holds(condition, facts.tree())
        ? null
        : new Deny("condition-not-met", "The condition does not hold: " + condition.strip());
  }

  /** Whether it may now, of one that ever may. */
  GateDecision now(
      Request request,
      Facts.Person person,
      List<OtherTouch> others,
      @Nullable Wait pause,
      Instant now) {
    Wait full = Wait.later(pause, room.waitFor(request.medium(), request.priority(), others, now));
    Instant free = full == null ? now : full.until();
    Instant open = quietUntil(request.medium(), person, free);
    if (!open.isAfter(now)) {
      return new Allow();
    }
    Wait why =
        full != null
            ? full
            : new Wait(
                open,
                "quiet-hours",
                "It is a time of quiet where the lead is, and %s wait for the end of it."
                    .formatted(request.medium().plural()));
    return held(request, why, open);
  }

  private static GateDecision held(Request request, Wait why, Instant open) {
    return request.useBy().includes(open)
        ? new Defer(open, why.code(), why.reason())
        : new Deny(
            why.code(),
            "%s It could go out only when it is of no more use (%s after it was planned)."
                .formatted(why.reason(), inWords(request)));
  }

  private Instant quietUntil(Medium medium, Facts.Person person, Instant moment) {
    if (!rules.quiet().contains(medium)) {
      return moment;
    }
    Whereabouts there = Whereabouts.of(person, rules.zone(), rules.country());
    return rules.quietHours().open(moment, there.zones(), there.countries());
  }

  private static String inWords(Request request) {
    return request.useBy().span().toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
