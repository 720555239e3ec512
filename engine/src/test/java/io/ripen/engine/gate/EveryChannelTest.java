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
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What holds for each channel by the rules that Ripen has when nobody sets any, whatever flows want
 * of a lead, in whatever order and wherever the lead is:
 *
 * <ul>
 *   <li>Consent: e-mail, text messages, messengers and push need a yes; chat and popup obey a no.
 *   <li>Quiet hours and public holidays: text messages, messengers and push.
 *   <li>A cap of its own, and going after what is more important: all but chat. A cap over all, and
 *       the gap: all but chat and popup.
 *   <li>A person in the chat: chat and popup wait for the end of it.
 *   <li>A pause: all.
 *   <li>What is awaited (transactional, and what asks to confirm) needs its own consent, and waits
 *       for nothing of the rest.
 *   <li>What has no cap has one against a flow that runs away: chat, and what is transactional by
 *       each.
 * </ul>
 *
 * The tables below say so once more, by hand: a channel that comes to be fails here until somebody
 * has decided about it.
 */
class EveryChannelTest {

  private static final UUID LEAD = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final Instant FIRST = Instant.parse("2026-03-15T00:00:00Z");
  private static final int DAYS = 30;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration GAP = Duration.ofMinutes(30);

  private static final Set<Medium> NEED_A_YES =
      Set.of(Medium.EMAIL, Medium.SMS, Medium.MESSENGER, Medium.PUSH);
  private static final Set<Medium> OBEY_A_NO = Set.of(Medium.CHAT, Medium.POPUP);
  private static final Set<Medium> KEEP_QUIET = Set.of(Medium.SMS, Medium.MESSENGER, Medium.PUSH);
  private static final Set<Medium> WAKE_NOBODY = Set.of(Medium.EMAIL, Medium.CHAT, Medium.POPUP);
  private static final Set<Medium> IN_ALL =
      Set.of(Medium.EMAIL, Medium.SMS, Medium.MESSENGER, Medium.PUSH);
  private static final Map<Medium, int[]> CAPS =
      Map.of(
          Medium.EMAIL, new int[] {3, 10},
          Medium.SMS, new int[] {1, 3},
          Medium.MESSENGER, new int[] {2, 7},
          Medium.PUSH, new int[] {2, 7},
          Medium.POPUP, new int[] {4, 12});
  private static final int[] OVERALL = {4, 14};
  private static final int RUNAWAY = 50;

  private final GateRules rules =
      new GateProperties(
              ZoneOffset.UTC,
              null,
              new GateProperties.Quiet(
                  LocalTime.of(21, 0),
                  LocalTime.of(9, 0),
                  List.of("sms", "messenger", "push"),
                  true),
              Map.of(),
              GAP)
          .rules();

  @Property(tries = 400)
  void whatever_is_wanted_in_whatever_order(
      @ForAll("wishes") List<Wish> wishes,
      @ForAll("permissions") Map<Medium, Permission> permissions,
      @ForAll("talks") List<Talk> talks,
      @ForAll("zones") ZoneId zone)
      throws InvalidFeel {
    World world = new World(permissions, talks, zone);
    world.play(wishes);

    assertThat(Medium.values()).hasSize(NEED_A_YES.size() + OBEY_A_NO.size());
    assertThat(Medium.values()).hasSize(KEEP_QUIET.size() + WAKE_NOBODY.size());
    for (Sent each : world.sent) {
      expectConsent(each, permissions);
      if (!each.isAwaited()) {
        expectQuiet(each, zone);
        expectRoom(each, world.counted());
        expectNoInterruption(each, talks);
        expectNoPause(each, permissions);
      }
    }
    for (Held held : world.held) {
      expectHeldByItsRulesOnly(held);
    }
  }

  /** A loop that nobody meant, one message a minute. */
  @Property
  void a_flow_that_runs_away_is_stopped(@ForAll Medium medium) throws InvalidFeel {
    Map<Medium, Permission> yes = new EnumMap<>(Medium.class);
    List.of(Medium.values()).forEach(each -> yes.put(each, new Permission.Granted()));
    String purpose = medium == Medium.CHAT ? "marketing" : Purposes.TRANSACTIONAL;
    World world = new World(yes, List.of(), ZoneOffset.UTC);
    world.play(
        IntStream.range(0, 120)
            .mapToObj(minute -> FIRST.plus(Duration.ofMinutes(minute)))
            .map(at -> new Wish(medium, purpose, Priority.HIGH, at, at))
            .toList());

    assertThat(world.sent.stream().filter(each -> each.at().isBefore(FIRST.plus(DAY))))
        .hasSize(RUNAWAY);
    for (Sent each : world.sent) {
      assertThat(within(DAY, each, world.sent, Set.of(medium))).isLessThanOrEqualTo(RUNAWAY);
    }
    assertThat(world.held).extracting(Held::code).containsOnly("runaway");
  }

  private static void expectConsent(Sent sent, Map<Medium, Permission> permissions) {
    Permission permission = permissions.get(sent.medium());
    if (NEED_A_YES.contains(sent.medium())) {
      assertThat(permission).as("of %s", sent).isInstanceOf(Permission.Granted.class);
    } else {
      assertThat(permission)
          .as("of %s", sent)
          .isInstanceOfAny(Permission.Granted.class, Permission.NeverGiven.class);
    }
  }

  private static void expectQuiet(Sent sent, ZoneId zone) {
    if (KEEP_QUIET.contains(sent.medium())) {
      ZonedDateTime there = sent.at().atZone(zone);
      assertThat(there.getHour()).as("%s by the clock there: %s", sent, there).isBetween(9, 20);
      assertThat(isHoliday(there)).as("%s on a holiday: %s", sent, there).isFalse();
    }
  }

  private static void expectRoom(Sent last, List<Sent> counted) {
    int[] own = CAPS.get(last.medium());
    if (own != null) {
      expectAtMost(own, counted, last, Set.of(last.medium()));
    }
    if (IN_ALL.contains(last.medium())) {
      expectAtMost(OVERALL, counted, last, IN_ALL);
      assertThat(within(GAP, last, counted, IN_ALL)).as("the gap before %s", last).isEqualTo(1);
    }
  }

  private static void expectAtMost(int[] cap, List<Sent> all, Sent last, Set<Medium> media) {
    assertThat(within(DAY, last, all, media)).as("a day of %s", media).isLessThanOrEqualTo(cap[0]);
    assertThat(within(WEEK, last, all, media))
        .as("a week of %s", media)
        .isLessThanOrEqualTo(cap[1]);
  }

  private static void expectNoInterruption(Sent sent, List<Talk> talks) {
    if (OBEY_A_NO.contains(sent.medium())) {
      assertThat(talks).as("of %s", sent).noneMatch(talk -> talk.isUnderWay(sent.at()));
    }
  }

  private static void expectNoPause(Sent sent, Map<Medium, Permission> permissions) {
    Instant until = permissions.get(sent.medium()).pausedUntil();
    if (until != null) {
      assertThat(sent.at()).as("of %s", sent).isAfterOrEqualTo(until);
    }
  }

  /** Nothing waits for a rule that is none of its channel's. */
  private static void expectHeldByItsRulesOnly(Held held) {
    Set<Medium> theirs =
        switch (held.code()) {
          case "quiet-hours" -> KEEP_QUIET;
          case "cap", "priority" -> CAPS.keySet();
          case "gap" -> IN_ALL;
          case "in-chat" -> OBEY_A_NO;
          case "no-consent" -> NEED_A_YES;
          case "paused", "consent-withdrawn", "suppressed", "asked-enough", "runaway" ->
              Set.of(Medium.values());
          default -> Set.of();
        };
    assertThat(theirs).as(held.code()).contains(held.medium());
    if (held.isAwaited()) {
      assertThat(held.code())
          .isIn("no-consent", "consent-withdrawn", "suppressed", "asked-enough", "runaway");
    }
  }

  private static long within(Duration window, Sent last, List<Sent> sent, Set<Medium> media) {
    return sent.stream()
        .filter(each -> media.contains(each.medium()))
        .filter(each -> each.at().isAfter(last.at().minus(window)))
        .filter(each -> !each.at().isAfter(last.at()))
        .count();
  }

  /** The lead's number is of Hungary: the fifteenth of March, Good Friday and Easter Monday. */
  private static boolean isHoliday(ZonedDateTime there) {
    return Set.of("2026-03-15", "2026-04-03", "2026-04-05", "2026-04-06")
        .contains(there.toLocalDate().toString());
  }

  /**
   * What a flow wants.
   *
   * @param at when it is tried
   */
  record Wish(Medium medium, String purpose, Priority priority, Instant planned, Instant at) {

    Wish later(Instant until) {
      return new Wish(medium, purpose, priority, planned, until);
    }
  }

  /** A person of ours writes with the lead. */
  record Talk(Instant from, Instant until) {

    boolean isUnderWay(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  record Sent(Medium medium, String purpose, Priority priority, Instant at) {

    boolean isAwaited() {
      return Purposes.isAwaited(purpose);
    }
  }

  /** What the gate did not let through. */
  record Held(Medium medium, String purpose, String code) {

    boolean isAwaited() {
      return Purposes.isAwaited(purpose);
    }
  }

  /** A lead, their clock, and workers who try one touch after the other. */
  private final class World implements Permissions, OtherTouches {

    private final List<Sent> sent = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final PriorityQueue<Wish> due = new PriorityQueue<>(Comparator.comparing(Wish::at));
    private final Map<Medium, Permission> permissions;
    private final Facts facts;
    private final Gate gate;
    private Instant now = FIRST;

    World(Map<Medium, Permission> permissions, List<Talk> talks, ZoneId zone) {
      this.permissions = permissions;
      Facts.Person person =
          new Facts.Person(
              "anna@example.com",
              "+36301234567",
              "telegram:7",
              "{}",
              "Anna",
              "hu",
              zone.getId(),
              true);
      this.facts = new Facts(LEAD, person, Map.of());
      Clock clock = new Now();
      this.gate =
          new Gate(
              medium -> true,
              this,
              this,
              (run, lead, since) -> Optional.empty(),
              (lead, moment) -> talkUntil(talks, moment),
              new Feel(clock),
              rules,
              clock,
              new SimpleMeterRegistry());
    }

    void play(List<Wish> wishes) throws InvalidFeel {
      due.addAll(wishes);
      while (!due.isEmpty()) {
        Wish wish = due.remove();
        now = wish.at();
        switch (gate.decide(request(wish), facts)) {
          case Allow allow ->
              sent.add(new Sent(wish.medium(), wish.purpose(), wish.priority(), now));
          case Defer defer -> {
            held.add(new Held(wish.medium(), wish.purpose(), defer.code()));
            assertThat(defer.until()).isAfter(now);
            due.add(wish.later(defer.until()));
          }
          case Deny deny -> held.add(new Held(wish.medium(), wish.purpose(), deny.code()));
        }
      }
    }

    /** What counts for caps: nothing that was awaited. */
    List<Sent> counted() {
      return sent.stream().filter(each -> !each.isAwaited()).toList();
    }

    private static Request request(Wish wish) {
      return new Request(
          1,
          new Run("any", 1, "send", Subject.lead(LEAD)),
          wish.medium(),
          wish.purpose(),
          wish.priority(),
          null,
          wish.planned(),
          UseBy.of(Duration.ofHours(48), Duration.ZERO, wish.planned()));
    }

    @Override
    public List<OtherTouch> of(
        UUID leadId, Medium medium, String address, long key, Instant since, Instant moment) {
      Stream<OtherTouch> out =
          counted().stream()
              .filter(each -> each.at().isAfter(since))
              .map(
                  each -> new OtherTouch(each.medium(), Standing.SENT, each.at(), each.priority()));
      Stream<OtherTouch> waiting =
          due.stream()
              .filter(each -> !each.at().equals(each.planned()))
              .map(
                  each ->
                      new OtherTouch(each.medium(), Standing.WAITING, each.at(), each.priority()));
      return Stream.concat(out, waiting).toList();
    }

    @Override
    public List<Instant> transactional(
        UUID leadId, Medium medium, long key, Instant since, Instant moment) {
      return sent.stream()
          .filter(each -> each.medium() == medium && each.at().isAfter(since))
          .filter(each -> each.purpose().equals(Purposes.TRANSACTIONAL))
          .map(Sent::at)
          .toList();
    }

    @Override
    public int confirmations(Medium medium, String address, long key, Instant since) {
      return Math.toIntExact(
          sent.stream()
              .filter(each -> each.purpose().equals(Purposes.CONFIRMATION))
              .filter(each -> each.medium() == medium && each.at().isAfter(since))
              .count());
    }

    @Override
    public Permission permission(UUID leadId, String channel, String purpose, String address) {
      return permissions.get(Medium.named(channel));
    }

    @Override
    public boolean isRefused(String channel, String address) {
      return false;
    }

    private static @Nullable Instant talkUntil(List<Talk> talks, Instant moment) {
      return talks.stream()
          .filter(talk -> talk.isUnderWay(moment))
          .map(Talk::until)
          .max(Instant::compareTo)
          .orElse(null);
    }

    /** What the workers' clock shows. */
    private final class Now extends Clock {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    }
  }

  @Provide
  Arbitrary<List<Wish>> wishes() {
    // Over the weeks in which clocks go forward, and Easter.
    return Combinators.combine(
            Arbitraries.of(Medium.class),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("marketing", "newsletter")),
                Tuple.of(1, Arbitraries.of(Purposes.ALL))),
            Arbitraries.of(Priority.class),
            moments())
        .as((medium, purpose, priority, at) -> new Wish(medium, purpose, priority, at, at))
        .list()
        .ofMaxSize(120);
  }

  @Provide
  Arbitrary<Map<Medium, Permission>> permissions() {
    Arbitrary<Permission> any =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Permission.Granted())),
            Tuple.of(2, moments().map(Permission.Granted::new)),
            Tuple.of(2, Arbitraries.just(new Permission.NeverGiven())),
            Tuple.of(2, moments().map(Permission.NeverGiven::new)),
            Tuple.of(
                1,
                Arbitraries.of(
                    new Permission.Withdrawn(FIRST), new Permission.Suppressed("bounced", FIRST))));
    return any.list()
        .ofSize(Medium.values().length)
        .map(
            all -> {
              Map<Medium, Permission> each = new EnumMap<>(Medium.class);
              for (Medium medium : Medium.values()) {
                each.put(medium, all.get(medium.ordinal()));
              }
              return each;
            });
  }

  @Provide
  Arbitrary<List<Talk>> talks() {
    return Combinators.combine(moments(), Arbitraries.integers().between(1, 300))
        .as((from, minutes) -> new Talk(from, from.plus(Duration.ofMinutes(minutes))))
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
  }

  private static Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(0, DAYS * 24L * 60)
        .map(minutes -> FIRST.plus(Duration.ofMinutes(minutes)));
  }
}
