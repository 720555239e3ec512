package io.ripen.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.consents.Permissions;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.GateDecision.Allow;
import io.ripen.engine.gate.GateDecision.Defer;
import io.ripen.engine.gate.GateDecision.Deny;
import io.ripen.engine.gate.OtherTouch.Standing;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gate without a database: what it says of what it knows. */
class GateTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final UUID LEAD = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final Run RUN =
      new Run("abandoned-cart", 1, "serviceTask_send", Subject.lead(LEAD));
  private static final GateRules RULES =
      new GateRules(
          new QuietHours(LocalTime.of(21, 0), LocalTime.of(9, 0), Holidays.NONE),
          Set.of(Medium.SMS, Medium.PUSH),
          Map.of(
              Medium.EMAIL, new Cap(2, 4), Medium.SMS, new Cap(1, 3), Medium.POPUP, new Cap(1, 0)),
          new Cap(3, 6),
          new Cap(2, 0),
          HOUR,
          ZoneOffset.UTC,
          null);
  private static final Facts.Person PERSON =
      new Facts.Person(
          "anna@example.com", "+36301234567", null, "{}", "Anna", "hu", "Europe/Budapest", true);

  private final Gate gate = gate(new Permission.Granted());

  @Test
  void what_nothing_stands_in_the_way_of_goes_out() {
    assertThat(now(Medium.EMAIL, List.of())).isEqualTo(new Allow());
  }

  @Test
  void the_third_e_mail_of_a_day_waits_until_the_first_is_a_day_old() {
    GateDecision decision =
        now(Medium.EMAIL, List.of(sent(Medium.EMAIL, 20 * 60), sent(Medium.EMAIL, 5 * 60)));
    assertThat(decision)
        .isEqualTo(
            new Defer(
                NOON.plus(Duration.ofHours(4)),
                "cap",
                "The lead got 2 e-mails in 24 hours, and more are too many."));
  }

  @Test
  void what_would_wait_until_it_is_of_no_use_is_not_sent() {
    List<OtherTouch> week =
        List.of(
            sent(Medium.EMAIL, 3 * 1440),
            sent(Medium.EMAIL, 4 * 1440),
            sent(Medium.EMAIL, 2 * 1440),
            sent(Medium.EMAIL, 30 * 60));
    assertThat(now(Medium.EMAIL, week))
        .isEqualTo(
            new Deny(
                "cap",
                "The lead got 4 e-mails in 7 days, and more are too many."
                    + " It could go out only when it is of no more use (48h after it was planned)."));
  }

  @Test
  void another_channel_counts_for_what_is_over_all_and_for_the_gap() {
    assertThat(now(Medium.EMAIL, List.of(sent(Medium.SMS, 30))))
        .isEqualTo(
            new Defer(
                NOON.plus(Duration.ofMinutes(30)),
                "gap",
                "The lead got another message just now."));
    assertThat(now(Medium.EMAIL, List.of(sent(Medium.POPUP, 1)))).isEqualTo(new Allow());
    assertThat(now(Medium.POPUP, List.of(sent(Medium.SMS, 1)))).isEqualTo(new Allow());
  }

  @Test
  void a_text_message_at_night_waits_for_the_morning_and_an_e_mail_does_not() {
    Instant night = Instant.parse("2026-05-04T20:30:00Z");
    assertThat(
            gate.now(request(Medium.SMS, Priority.NORMAL, night), PERSON, List.of(), null, night))
        .isEqualTo(
            new Defer(
                Instant.parse("2026-05-05T07:00:00Z"),
                "quiet-hours",
                "It is a time of quiet where the lead is,"
                    + " and text messages wait for the end of it."));
    assertThat(
            gate.now(request(Medium.EMAIL, Priority.NORMAL, night), PERSON, List.of(), null, night))
        .isEqualTo(new Allow());
  }

  @Test
  void a_cap_that_ends_at_night_ends_in_the_morning() {
    Instant sentAt = Instant.parse("2026-05-03T21:00:00Z");
    GateDecision decision =
        now(
            Medium.SMS,
            List.of(new OtherTouch(Medium.SMS, Standing.SENT, sentAt, Priority.NORMAL)));
    assertThat(decision.code()).isEqualTo("cap");
    assertThat(decision.askAgain()).isEqualTo(Instant.parse("2026-05-05T07:00:00Z"));
  }

  @Test
  void of_two_under_way_at_once_both_come_back_and_the_more_important_one_first() {
    List<OtherTouch> other =
        List.of(new OtherTouch(Medium.SMS, Standing.UNDER_WAY, NOON, Priority.NORMAL));
    GateDecision high = now(Medium.EMAIL, Priority.HIGH, other);
    GateDecision low = now(Medium.EMAIL, Priority.LOW, other);
    assertThat(List.of(high.code(), low.code())).containsOnly("under-way");
    assertThat(high.askAgain()).isBefore(low.askAgain());
  }

  @Test
  void a_more_important_one_that_waits_for_the_same_room_goes_first() {
    List<OtherTouch> other =
        List.of(
            new OtherTouch(Medium.EMAIL, Standing.WAITING, NOON.plusSeconds(60), Priority.HIGH));
    assertThat(now(Medium.EMAIL, Priority.NORMAL, other).code()).isEqualTo("priority");
    assertThat(now(Medium.EMAIL, Priority.HIGH, other)).isEqualTo(new Allow());
    assertThat(
            now(
                Medium.EMAIL,
                Priority.NORMAL,
                List.of(
                    new OtherTouch(
                        Medium.EMAIL,
                        Standing.WAITING,
                        NOON.minus(Duration.ofHours(2)),
                        Priority.HIGH))))
        .as("one whose flow has ended does not block for ever")
        .isEqualTo(new Allow());
  }

  @Test
  void a_more_important_one_that_waits_for_other_room_holds_up_nothing() {
    OtherTouch waiting =
        new OtherTouch(Medium.SMS, Standing.WAITING, NOON.plusSeconds(60), Priority.HIGH);
    OtherTouch much = sent(Medium.SMS, 24 * 60 - 1);
    assertThat(now(Medium.POPUP, Priority.NORMAL, List.of(waiting, much)))
        .as("what is shown on the site takes no room of a text message")
        .isEqualTo(new Allow());
    assertThat(now(Medium.EMAIL, Priority.NORMAL, List.of(waiting, much)).code())
        .as("an e-mail does: by the gap")
        .isEqualTo("priority");
  }

  @Test
  void who_asked_for_a_pause_is_left_alone_and_gets_what_they_order() throws InvalidFeel {
    Gate paused = gate(new Permission.Granted(NOON.plus(Duration.ofDays(1))));
    GateDecision decision = paused.decide(request(Medium.EMAIL, Priority.HIGH, NOON), facts());
    assertThat(decision)
        .isEqualTo(
            new Defer(
                NOON.plus(Duration.ofDays(1)),
                "paused",
                "The lead asked for a pause until 2026-05-05."));
    Gate longer = gate(new Permission.Granted(NOON.plus(Duration.ofDays(14))));
    assertThat(longer.decide(request(Medium.EMAIL, Priority.HIGH, NOON), facts()))
        .isInstanceOf(Deny.class);
    Gate over = gate(new Permission.Granted(NOON.minusSeconds(1)));
    assertThat(over.decide(request(Medium.EMAIL, Priority.HIGH, NOON), facts()))
        .isEqualTo(new Allow());
  }

  @Test
  void a_pause_holds_for_what_needs_no_yes_as_well() throws InvalidFeel {
    Instant until = NOON.plus(Duration.ofDays(1));
    Gate paused = gate(new Permission.NeverGiven(until), 0, NOON.minusSeconds(1));
    for (Medium medium : List.of(Medium.CHAT, Medium.POPUP)) {
      assertThat(paused.decide(request(medium, Priority.HIGH, NOON), facts()))
          .isEqualTo(new Defer(until, "paused", "The lead asked for a pause until 2026-05-05."));
    }
    Gate over = gate(new Permission.NeverGiven(NOON.minusSeconds(1)));
    assertThat(over.decide(request(Medium.POPUP, Priority.HIGH, NOON), facts()))
        .isEqualTo(new Allow());
  }

  @Test
  void a_flow_does_not_talk_into_the_chat_of_a_person_with_the_lead() throws InvalidFeel {
    Instant end = NOON.plus(Duration.ofMinutes(7));
    Gate chatting = gate(new Permission.Granted(), 0, end);
    for (Medium medium : List.of(Medium.CHAT, Medium.POPUP)) {
      assertThat(chatting.decide(request(medium, Priority.HIGH, NOON), facts()))
          .isEqualTo(new Defer(end, "in-chat", "A person is writing with the lead in the chat."));
      Request order =
          new Request(1, RUN, medium, "transactional", Priority.NORMAL, null, NOON, ofUseFor(HOUR));
      assertThat(chatting.decide(order, facts())).isEqualTo(new Allow());
    }
    assertThat(chatting.decide(request(Medium.EMAIL, Priority.LOW, NOON), facts()))
        .as("an e-mail interrupts nobody")
        .isEqualTo(new Allow());
    Gate longer = gate(new Permission.Granted(NOON.plus(HOUR)), 0, end);
    assertThat(longer.decide(request(Medium.POPUP, Priority.NORMAL, NOON), facts()).code())
        .as("the longer reason of two")
        .isEqualTo("paused");
  }

  @Test
  void what_was_ordered_waits_for_nothing() throws InvalidFeel {
    Gate full = gate(new Permission.Granted(), sent(Medium.EMAIL, 1), sent(Medium.EMAIL, 2));
    assertThat(full.decide(order(HOUR), facts())).isEqualTo(new Allow());
  }

  @Test
  void so_much_of_what_was_ordered_is_sent_by_a_flow_only_that_runs_away() throws InvalidFeel {
    Instant until = NOON.plus(Duration.ofHours(23));
    String why =
        "The lead got 2 transactional e-mails in 24 hours, and more are too many."
            + " A flow may be running away.";
    assertThat(gate(new Permission.Granted(), 1).decide(order(HOUR), facts()))
        .isEqualTo(new Allow());
    assertThat(gate(new Permission.Granted(), 2).decide(order(Duration.ofDays(2)), facts()))
        .isEqualTo(new Defer(until, "runaway", why));
    assertThat(gate(new Permission.Granted(), 2).decide(order(HOUR), facts()))
        .isEqualTo(
            new Deny(
                "runaway",
                why
                    + " It could go out only when it is of no more use (1h after it was planned)."));
  }

  private static Request order(Duration useBy) {
    return new Request(
        1, RUN, Medium.EMAIL, "transactional", Priority.NORMAL, null, NOON, ofUseFor(useBy));
  }

  @Test
  void a_flow_that_talks_and_talks_in_the_chat_is_stopped() {
    OtherTouch line = sent(Medium.CHAT, 60);
    assertThat(now(Medium.CHAT, List.of(line, sent(Medium.POPUP, 1)))).isEqualTo(new Allow());
    assertThat(now(Medium.CHAT, List.of(line, line)))
        .isEqualTo(
            new Defer(
                NOON.plus(Duration.ofHours(23)),
                "runaway",
                "The lead got 2 chat messages in 24 hours, and more are too many."
                    + " A flow may be running away."));
  }

  @Property
  void without_a_yes_nothing_is_sent(
      @ForAll("permissions") Permission permission,
      @ForAll Medium medium,
      @ForAll("purposes") String purpose,
      @ForAll boolean isChatting)
      throws InvalidFeel {
    Request request =
        new Request(
            1, RUN, medium, purpose, Priority.NORMAL, null, NOON, ofUseFor(Duration.ofDays(2)));
    Gate any = gate(permission, 0, isChatting ? NOON.plusSeconds(1) : null);
    if (any.decide(request, facts()) instanceof Allow) {
      boolean isPaused = permission.pausedUntil() != null;
      boolean isWritingInto = isChatting && medium.isOnSite();
      assertThat(request.isAwaited() || !isPaused && !isWritingInto).isTrue();
      assertThat(
              permission instanceof Permission.Granted
                  || permission instanceof Permission.NeverGiven && medium.isOnSite())
          .isTrue();
    }
  }

  /** A month of what flows want of one lead, as workers would bring it. */
  @Property(tries = 300)
  void no_cap_no_gap_and_no_quiet_is_ever_broken(@ForAll("wishes") List<Wish> wishes) {
    PriorityQueue<Wish> due = new PriorityQueue<>(Comparator.comparing(Wish::at));
    due.addAll(wishes);
    List<OtherTouch> out = new ArrayList<>();
    while (!due.isEmpty()) {
      Wish wish = due.remove();
      Request request = request(wish.medium(), wish.priority(), wish.planned());
      switch (gate.now(request, PERSON, out, null, wish.at())) {
        case Allow allow ->
            out.add(new OtherTouch(wish.medium(), Standing.SENT, wish.at(), wish.priority()));
        case Defer defer -> {
          assertThat(defer.until()).isAfter(wish.at());
          due.add(new Wish(wish.medium(), wish.priority(), wish.planned(), defer.until()));
        }
        case Deny deny -> assertThat(deny.code()).isIn("cap", "gap", "quiet-hours", "runaway");
      }
    }
    for (OtherTouch last : out) {
      assertThat(inThe(Duration.ofDays(1), last, out, Medium.EMAIL)).isLessThanOrEqualTo(2);
      assertThat(inThe(Duration.ofDays(7), last, out, Medium.EMAIL)).isLessThanOrEqualTo(4);
      assertThat(inThe(Duration.ofDays(1), last, out, Medium.SMS)).isLessThanOrEqualTo(1);
      assertThat(inThe(Duration.ofDays(7), last, out, Medium.SMS)).isLessThanOrEqualTo(3);
      assertThat(inThe(Duration.ofDays(1), last, out, Medium.CHAT)).isLessThanOrEqualTo(2);
      Medium[] all = {Medium.EMAIL, Medium.SMS, Medium.MESSENGER, Medium.PUSH};
      assertThat(inThe(HOUR, last, out, all)).as("the gap").isLessThanOrEqualTo(1);
      assertThat(inThe(Duration.ofDays(1), last, out, all)).isLessThanOrEqualTo(3);
      assertThat(inThe(Duration.ofDays(7), last, out, all)).isLessThanOrEqualTo(6);
      int hour = last.at().atZone(ZoneId.of("Europe/Budapest")).getHour();
      if (last.medium() == Medium.SMS || last.medium() == Medium.PUSH) {
        assertThat(hour).isBetween(9, 20);
      }
    }
  }

  /**
   * What one lead is to get.
   *
   * @param at when it is tried
   */
  record Wish(Medium medium, Priority priority, Instant planned, Instant at) {}

  @Provide
  Arbitrary<List<Wish>> wishes() {
    // Over the last Sunday of March, when Budapest's clocks go forward.
    Instant first = Instant.parse("2026-03-15T00:00:00Z");
    Arbitrary<Instant> at =
        Arbitraries.longs().between(0, 30L * 24 * 60).map(m -> first.plusSeconds(60 * m));
    return Combinators.combine(Arbitraries.of(Medium.class), Arbitraries.of(Priority.class), at)
        .as((medium, priority, when) -> new Wish(medium, priority, when, when))
        .list()
        .ofMaxSize(120);
  }

  @Provide
  Arbitrary<Permission> permissions() {
    return Arbitraries.of(
        new Permission.Granted(),
        new Permission.Granted(NOON.plus(HOUR)),
        new Permission.NeverGiven(),
        new Permission.NeverGiven(NOON.plus(HOUR)),
        new Permission.Withdrawn(NOON),
        new Permission.Suppressed("bounced", NOON));
  }

  @Provide
  Arbitrary<String> purposes() {
    return Arbitraries.of(Purposes.ALL);
  }

  private static long inThe(
      Duration window, OtherTouch last, List<OtherTouch> out, Medium... media) {
    return out.stream()
        .filter(touch -> Set.of(media).contains(touch.medium()))
        .filter(touch -> touch.at().isAfter(last.at().minus(window)))
        .filter(touch -> !touch.at().isAfter(last.at()))
        .count();
  }

  @Test
  void a_text_that_asks_to_confirm_waits_for_nothing_but_floods_no_number() throws InvalidFeel {
    OtherTouch much = sent(Medium.SMS, 1);
    assertThat(gate(new Permission.Granted(), 2, much, much, much).decide(asks(), facts()))
        .isEqualTo(new GateDecision.Allow());
    assertThat(gate(new Permission.Granted(), 3).decide(asks(), facts()))
        .isInstanceOfSatisfying(
            GateDecision.Deny.class, deny -> assertThat(deny.code()).isEqualTo("asked-enough"));
    assertThat(gate(new Permission.NeverGiven()).decide(asks(), facts()))
        .isInstanceOfSatisfying(
            GateDecision.Deny.class, deny -> assertThat(deny.code()).isEqualTo("no-consent"));
  }

  @Test
  void a_flow_that_has_reached_its_goal_writes_no_more_not_even_what_is_awaited()
      throws InvalidFeel {
    Gate gate =
        gate(new Permission.Granted(), (run, lead, since) -> Optional.of("order.placed"), 0, null);
    for (String purpose : List.of("marketing", "transactional")) {
      Request request =
          new Request(1, RUN, Medium.EMAIL, purpose, Priority.NORMAL, null, NOON, ofUseFor(HOUR));
      assertThat(gate.decide(request, facts()))
          .isEqualTo(new Deny("goal-reached", "What ends this flow has happened: order.placed."));
    }
  }

  private static Request asks() {
    return new Request(
        1,
        RUN,
        Medium.SMS,
        "confirmation",
        Priority.NORMAL,
        null,
        NOON,
        ofUseFor(Duration.ofHours(48)));
  }

  private GateDecision now(Medium medium, List<OtherTouch> others) {
    return now(medium, Priority.NORMAL, others);
  }

  private GateDecision now(Medium medium, Priority priority, List<OtherTouch> others) {
    return gate.now(request(medium, priority, NOON), PERSON, others, null, NOON);
  }

  private static OtherTouch sent(Medium medium, int minutesAgo) {
    return new OtherTouch(
        medium, Standing.SENT, NOON.minus(Duration.ofMinutes(minutesAgo)), Priority.NORMAL);
  }

  private static Request request(Medium medium, Priority priority, Instant planned) {
    UseBy useBy = UseBy.of(Duration.ofHours(48), Duration.between(planned, NOON), NOON);
    return new Request(1, RUN, medium, "marketing", priority, null, planned, useBy);
  }

  private static UseBy ofUseFor(Duration span) {
    return UseBy.of(span, Duration.ZERO, NOON);
  }

  private static Facts facts() {
    return new Facts(LEAD, PERSON, Map.of());
  }

  private record FakeOtherTouches(List<OtherTouch> all, int awaited) implements OtherTouches {
    @Override
    public List<Instant> transactional(
        UUID leadId, Medium medium, long key, Instant since, Instant now) {
      return Collections.nCopies(awaited, NOON.minus(HOUR));
    }

    @Override
    public List<OtherTouch> of(
        UUID leadId, Medium medium, String address, long key, Instant since, Instant now) {
      return all;
    }

    @Override
    public int confirmations(Medium medium, String address, long key, Instant since) {
      return awaited;
    }
  }

  private static Gate gate(Permission permission, OtherTouch... others) {
    return gate(permission, 0, others);
  }

  private static Gate gate(Permission permission, int confirmations, OtherTouch... others) {
    return gate(permission, (run, lead, since) -> Optional.empty(), confirmations, null, others);
  }

  private static Gate gate(
      Permission permission,
      int confirmations,
      @Nullable Instant chatsUntil,
      OtherTouch... others) {
    return gate(
        permission, (run, lead, since) -> Optional.empty(), confirmations, chatsUntil, others);
  }

  private static Gate gate(
      Permission permission,
      Goals goals,
      int confirmations,
      @Nullable Instant chatsUntil,
      OtherTouch... others) {
    Permissions permissions =
        new Permissions() {
          @Override
          public Permission permission(UUID lead, String channel, String purpose, String address) {
            return permission;
          }

          @Override
          public boolean isRefused(String channel, String address) {
            return false;
          }
        };
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    return new Gate(
        medium -> medium != Medium.CHAT || chatsUntil != null,
        permissions,
        new FakeOtherTouches(List.of(others), confirmations),
        goals,
        (lead, now) -> chatsUntil,
        new Feel(clock),
        RULES,
        clock,
        new SimpleMeterRegistry());
  }
}
