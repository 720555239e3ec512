package io.ripen.engine.onsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.bucket4j.TimeMeter;
import io.ripen.channels.Inbound;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.events.Event;
import io.ripen.engine.forms.SenderLimit;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Popups and chats on a real database, with the windows of two engines. */
class OnSiteWindowsIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private static final Duration BEAT = Duration.ofSeconds(25);
  private static final String ANNAS = "0190a000-0000-4000-8000-000000000001";
  private static final String BORIS = "0190a000-0000-4000-8000-000000000002";

  private final DataSource database = TestDatabase.migratedForAnyUse();
  private final OnSiteJdbc table = new OnSiteJdbc(new JdbcTemplate(database));
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final List<Inbound> inbound = new ArrayList<>();
  private final TakeOnSite takeOnSite = new TakeOnSite(table, inbound::addAll, clock);
  private final List<Event> outbox = new ArrayList<>();
  private final TakeContact contact =
      new TakeContact(
          table,
          outbox::add,
          domain -> domain.endsWith(".invalid") ? MailDomains.Answer.NO : MailDomains.Answer.YES,
          new SenderLimit(TakeOnSite.MOST_A_MINUTE, Duration.ofMinutes(1), new StandingClock()),
          clock);
  private final Windows here = new Windows();
  private final Windows there = new Windows();
  private final List<Loop> loops = new ArrayList<>();
  private final List<HearNews> ears = new ArrayList<>();
  private final UUID anna = aLead(ANNAS);
  private final UUID boris = aLead(BORIS);

  @BeforeEach
  void listen() {
    for (Windows windows : List.of(here, there)) {
      windows.start();
      HearNews news = new HearNews(database, table, windows, BEAT);
      ears.add(news);
      Loop loop = new Loop("on-site", Duration.ofMillis(100), news);
      loops.add(loop);
      loop.start();
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                JdbcClient.create(database)
                        .sql(
                            "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen%'")
                        .query(Integer.class)
                        .single()
                    >= 2);
  }

  @AfterEach
  void stop() {
    loops.forEach(Loop::stop);
    ears.forEach(HearNews::close);
    here.stop();
    there.stop();
  }

  @Test
  void it_reaches_the_visitors_windows_in_every_engine_and_nobody_elses() {
    Heard annas = open(here, ANNAS);
    Heard annasOther = open(there, ANNAS);
    Heard someoneElses = open(there, BORIS);

    assertThat(popup(anna, "touch-1")).isInstanceOf(SendResult.Waiting.class);
    popup(boris, "touch-2");

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> annas.events.size() == 1 && annasOther.events.size() == 1);
    await().atMost(Duration.ofMinutes(1)).until(() -> someoneElses.events.size() == 1);
    assertThat(annas.events.getFirst()).contains("Come back").doesNotContain(anna.toString());
    assertThat(annas.events).hasSize(1);
  }

  @Test
  void every_window_is_told_that_we_are_there_and_how_soon_again() {
    Heard annas = open(here, ANNAS);
    Heard borises = open(here, BORIS);
    here.beat();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> annas.events.size() == 1 && borises.events.size() == 1);
    // A comment would do for proxies, but scripts do not hear it.
    assertThat(annas.events.getFirst()).contains("event:beat", "data:25.0");
  }

  @Test
  void what_is_handed_over_twice_is_shown_once() {
    popup(anna, "touch-1");
    popup(anna, "touch-1");
    assertThat(table.toShow(anna, ANNAS, 50, NOON)).hasSize(1);
  }

  @Test
  void the_first_window_that_asks_shows_it_and_that_is_told() {
    popup(anna, "touch-1");
    long id = table.toShow(anna, ANNAS, 50, NOON).getFirst().id();

    assertThat(takeOnSite.shown(BORIS, id, "w1")).as("not meant for them").isFalse();
    assertThat(takeOnSite.shown(ANNAS, id, "w1")).isTrue();
    assertThat(takeOnSite.shown(ANNAS, id, "w1")).as("its answer was lost").isTrue();
    assertThat(takeOnSite.shown(ANNAS, id, "w2")).as("another window").isFalse();

    assertThat(inbound).containsOnly(new Inbound.Seen("onsite-" + id, NOON, null, "touch-1"));
    assertThat(table.toShow(anna, ANNAS, 50, NOON)).isEmpty();
  }

  @Test
  void a_form_that_is_sent_from_a_popup_is_told_of_its_touch() {
    popup(anna, "touch-1");
    popup(anna, "touch-2", Map.of("form", "newsletter", "lang", "hu"));
    List<OnSiteMessage> shown = table.toShow(anna, ANNAS, 50, NOON);
    long without = shown.getFirst().id();
    long id = shown.getLast().id();

    takeOnSite.sent(ANNAS, id);
    assertThat(inbound).as("nobody has seen it yet").isEmpty();
    takeOnSite.shown(ANNAS, without, "w1");
    takeOnSite.shown(ANNAS, id, "w1");
    inbound.clear();
    takeOnSite.sent(BORIS, id);
    takeOnSite.sent(ANNAS, without);
    assertThat(inbound).as("not theirs, and one without a form").isEmpty();
    takeOnSite.sent(ANNAS, id);
    assertThat(inbound)
        .containsExactly(
            new Inbound.FormSent("onsite-form-" + id, NOON, null, "touch-2", "newsletter"));
  }

  @Test
  void a_person_is_in_the_chat_until_nobody_has_written_for_ten_minutes() throws Refused {
    PersonalChats chats = new PersonalChats(table);
    takeOnSite.said(ANNAS, UUID.randomUUID(), "Is anybody there?");
    assertThat(chats.underWayUntil(anna, NOON)).as("nobody has answered").isNull();

    answers(anna, NOON.plus(Duration.ofMinutes(20)));
    says(anna, NOON.plus(Duration.ofMinutes(26)));
    Instant end = NOON.plus(Duration.ofMinutes(36));
    assertThat(chats.underWayUntil(anna, NOON.plus(Duration.ofMinutes(27)))).isEqualTo(end);
    assertThat(chats.underWayUntil(boris, NOON.plus(Duration.ofMinutes(27)))).isNull();
    assertThat(chats.underWayUntil(anna, end)).as("the end of it").isNull();

    says(anna, NOON.plus(Duration.ofMinutes(60)));
    assertThat(chats.underWayUntil(anna, NOON.plus(Duration.ofMinutes(61))))
        .as("the person has left, so flows may speak again")
        .isNull();

    JdbcClient.create(database)
        .sql("update lead set merged_into = ? where id = ?")
        .params(boris, anna)
        .update();
    answers(boris, NOON.plus(Duration.ofMinutes(62)));
    assertThat(chats.underWayUntil(anna, NOON.plus(Duration.ofMinutes(63))))
        .as("of who they turned out to be")
        .isEqualTo(NOON.plus(Duration.ofMinutes(72)));
  }

  private void answers(UUID lead, Instant at) {
    table.answer(lead, "Klara", UUID.randomUUID().toString(), "We are here.", at);
  }

  private void says(UUID lead, Instant at) {
    assertThat(table.ask(lead, ANNAS, UUID.randomUUID().toString(), "Thank you", at)).isTrue();
  }

  @Test
  void what_nobody_saw_in_time_is_taken_back_and_shown_to_nobody() {
    popup(anna, "touch-1");
    line(anna, "touch-2");
    List<OnSiteMessage> waiting = table.toShow(anna, ANNAS, 50, NOON);
    assertThat(waiting).hasSize(2);
    assertThat(whereIs("touch-1", Duration.ofMinutes(1)))
        .isEqualTo(new Kept.Waiting("nobody has seen it yet", Duration.ofSeconds(30)));
    assertThat(table.toShow(anna, ANNAS, 50, NOON.plus(Duration.ofMinutes(3)))).isEmpty();

    for (String id : List.of("touch-1", "touch-2")) {
      assertThat(whereIs(id, Duration.ofMinutes(2)))
          .isEqualTo(new Kept.Unseen("Nobody saw it on the site within 2 minutes."));
    }
    // An engine whose clock is behind the worker's.
    for (OnSiteMessage each : waiting) {
      assertThat(takeOnSite.isGone(ANNAS, each.id())).isTrue();
      assertThat(takeOnSite.isGone(BORIS, each.id())).as("none of theirs").isFalse();
      assertThat(takeOnSite.shown(ANNAS, each.id(), "w1")).isFalse();
    }
    assertThat(table.toShow(anna, ANNAS, 50, NOON)).isEmpty();
    assertThat(table.lines(anna, 50)).as("the chat in the console").isEmpty();
    assertThat(inbound).isEmpty();
  }

  @Test
  void what_was_seen_is_sent_whenever_somebody_asks() {
    popup(anna, "touch-1");
    long id = table.toShow(anna, ANNAS, 50, NOON).getFirst().id();
    assertThat(takeOnSite.shown(ANNAS, id, "w1")).isTrue();

    assertThat(whereIs("touch-1", Duration.ofHours(1))).isEqualTo(new Kept.Seen("popup:touch-1"));
    assertThat(takeOnSite.isGone(ANNAS, id)).isFalse();
    assertThat(takeOnSite.shown(ANNAS, id, "w1")).as("its answer was lost").isTrue();
    assertThat(whereIs("touch-2", Duration.ZERO)).isEqualTo(new Kept.Missing());
  }

  @Test
  void what_waits_for_who_is_about_to_leave_waits_for_half_an_hour_and_is_asked_for_seldom() {
    popup(anna, "touch-1", Map.of("when", "exit"));
    Duration passed = Duration.ofSeconds(15);
    int asked = 0;
    while (whereIs("touch-1", passed) instanceof Kept.Waiting waiting) {
      assertThat(asked++).as("times").isLessThan(50);
      assertThat(waiting.backoff()).isLessThanOrEqualTo(Duration.ofSeconds(45));
      passed = passed.plus(waiting.backoff());
    }
    assertThat(whereIs("touch-1", passed))
        .isEqualTo(new Kept.Unseen("Nobody saw it on the site within 30 minutes."));
    assertThat(passed).isLessThan(Duration.ofMinutes(31));
  }

  @Test
  void it_waits_no_longer_than_it_is_of_use() {
    OnSiteChannel channel = new OnSiteChannel("popup", table, clock);
    SendResult kept =
        channel.send(
            new ShortMessage(
                "touch-1",
                anna.toString(),
                "",
                "Come back",
                List.of(),
                Map.of(),
                NOON.plusSeconds(30),
                false),
            () -> {});
    assertThat(kept).isInstanceOf(SendResult.Waiting.class);
    assertThat(whereIs("touch-1", Duration.ofSeconds(30)))
        .isEqualTo(new Kept.Unseen("Nobody saw it on the site within 30 seconds."));
  }

  @Test
  void it_is_shown_or_taken_back_and_never_both() throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 50; round++) {
        String touch = "touch-" + round;
        popup(anna, touch);
        long id = table.toShow(anna, ANNAS, 50, NOON).getFirst().id();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Boolean> shown =
            two.submit(
                () -> {
                  together.await();
                  return takeOnSite.shown(ANNAS, id, "w1");
                });
        Future<Kept> found =
            two.submit(
                () -> {
                  together.await();
                  return whereIs(touch, Duration.ofMinutes(2));
                });
        assertThat(found.get() instanceof Kept.Seen).isEqualTo(shown.get());
      }
    }
  }

  private Kept whereIs(String id, Duration later) {
    Clock then = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
    return new OnSiteChannel("popup", table, then).whereIs(id).orElseThrow();
  }

  private void line(UUID lead, String id) {
    SendResult kept =
        new OnSiteChannel("chat", table, clock)
            .send(new ShortMessage(id, lead.toString(), "", "Hello", List.of()), () -> {});
    assertThat(kept).isInstanceOf(SendResult.Waiting.class);
  }

  @Test
  void what_a_visitor_writes_is_kept_once_and_told() throws Refused {
    UUID id = UUID.randomUUID();
    takeOnSite.said(ANNAS, id, "Hello?");
    takeOnSite.said(ANNAS, id, "Hello?");

    assertThat(table.toShow(anna, ANNAS, 50, NOON))
        .extracting(OnSiteMessage::text)
        .containsExactly("Hello?");
    assertThat(inbound)
        .containsExactly(new Inbound.Said("chat-" + id, NOON, "chat", ANNAS, "Hello?", null));
    assertThat(table.chats(10)).singleElement().matches(Chat::isWaiting);
  }

  @Test
  void who_writes_too_much_or_is_nobody_is_told_so() throws Refused {
    for (int i = 0; i < 20; i++) {
      takeOnSite.said(ANNAS, UUID.randomUUID(), "line " + i);
    }
    assertThatThrownBy(() -> takeOnSite.said(ANNAS, UUID.randomUUID(), "one more"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("more than 20 lines");
    assertThatThrownBy(() -> takeOnSite.said("nobody", UUID.randomUUID(), "hi"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("not known yet");
  }

  @Test
  void who_wrote_and_cannot_be_reached_may_leave_an_address_which_is_this_browsers_lead_alone()
      throws Refused {
    JdbcClient jdbc = JdbcClient.create(database);
    jdbc.sql("update lead set email = 'boris@example.org' where id = ?").param(boris).update();
    assertThat(takeOnSite.said(BORIS, UUID.randomUUID(), "Hello?")).as("known by e-mail").isTrue();
    assertThat(takeOnSite.said(ANNAS, UUID.randomUUID(), "Hello?")).as("by nothing").isFalse();
    UUID id = UUID.randomUUID();

    contact.left(visitor(ANNAS), id, "boris@example.org");
    contact.left(visitor(ANNAS), id, "boris@example.org");

    assertThat(outbox)
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.messageId()).isEqualTo("ripen:chat-contact." + ANNAS + "." + id);
              assertThat(event.what()).isEqualTo("identify");
              assertThat(event.anonymousId()).isEqualTo(ANNAS);
              assertThat(event.leadId()).as("whoever has that address").isNull();
              assertThat(event.userId()).isNull();
              assertThat(event.site()).isEqualTo("shop");
              assertThat(event.traits().toString())
                  .isEqualTo(
                      "{\"email\":\"boris@example.org\",\"chatEmail\":\"boris@example.org\"}");
            });
  }

  @Test
  void no_address_is_taken_that_nobody_can_be_reached_by_or_that_nobody_asked_for() throws Refused {
    UUID id = UUID.randomUUID();
    assertThatThrownBy(() -> contact.left(visitor(ANNAS), id, "anna@example.org"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(404))
        .hasMessageContaining("nobody has written in this browser");
    takeOnSite.said(ANNAS, UUID.randomUUID(), "Hello?");
    assertThatThrownBy(() -> contact.left(visitor("nobody"), id, "anna@example.org"))
        .hasMessageContaining("nobody has written in this browser");
    for (String wrong : List.of("", "anna", "anna@nowhere.invalid", "a b@example.org")) {
      assertThatThrownBy(() -> contact.left(visitor(ANNAS), id, wrong))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.status()).isEqualTo(422));
    }
    JdbcClient jdbc = JdbcClient.create(database);
    jdbc.sql("update lead set email = 'anna@example.com' where id = ?").param(anna).update();
    assertThatThrownBy(() -> contact.left(visitor(ANNAS), id, "anna@example.org"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(409))
        .hasMessageContaining("there is an e-mail address already");
    assertThat(outbox).isEmpty();
  }

  @Test
  void an_address_left_in_a_chat_may_be_mended_there_and_a_telephone_number_forbids_none()
      throws Refused {
    takeOnSite.said(ANNAS, UUID.randomUUID(), "Hello?");
    JdbcClient jdbc = JdbcClient.create(database);
    jdbc.sql("update lead set phone = '+36301234567' where id = ?").param(anna).update();
    contact.left(visitor(ANNAS), UUID.randomUUID(), "ana@example.org");
    assertThat(outbox).hasSize(1);
    jdbc.sql("update lead set traits = ?::jsonb where id = ?")
        .params(outbox.getFirst().traits().toString(), anna)
        .update();
    jdbc.sql("update lead set email = traits ->> 'email' where id = ?").param(anna).update();
    assertThat(table.chats(10))
        .singleElement()
        .satisfies(chat -> assertThat(chat.email()).as("nobody proved it").isNull());

    contact.left(visitor(ANNAS), UUID.randomUUID(), "anna@example.org");
    assertThat(outbox).hasSize(2);

    jdbc.sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof)
            values (?, 'email', 'newsletter', true, now(), '{"by": "double-opt-in"}')
            """)
        .param(anna)
        .update();
    assertThatThrownBy(() -> contact.left(visitor(ANNAS), UUID.randomUUID(), "other@example.org"))
        .as("what was confirmed is not changed here")
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(409));

    jdbc.sql("update lead set email = 'anna@example.com' where id = ?").param(anna).update();
    assertThat(table.chats(10))
        .singleElement()
        .satisfies(chat -> assertThat(chat.email()).isEqualTo("anna@example.com"));
  }

  @Test
  void addresses_are_taken_as_seldom_as_lines() throws Refused {
    takeOnSite.said(ANNAS, UUID.randomUUID(), "Hello?");
    for (int i = 0; i < 20; i++) {
      contact.left(visitor(ANNAS), UUID.randomUUID(), "anna@example.org");
    }
    assertThatThrownBy(() -> contact.left(visitor(ANNAS), UUID.randomUUID(), "anna@example.org"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(429));
  }

  private static TakeContact.Visitor visitor(String browser) {
    return new TakeContact.Visitor("shop", "192.0.2.1", browser);
  }

  @Test
  void a_chat_goes_on_after_two_visitors_turned_out_to_be_one() throws Refused {
    takeOnSite.said(BORIS, UUID.randomUUID(), "from the phone");
    JdbcClient.create(database)
        .sql("update lead set merged_into = ? where id = ?")
        .params(anna, boris)
        .update();
    Heard phone = open(there, BORIS);

    new Chats(table, clock).answer(anna, "Klara", UUID.randomUUID(), "We are here.");

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> phone.events.stream().anyMatch(event -> event.contains("We are here.")));
    assertThat(table.toShow(anna, BORIS, 50, NOON))
        .extracting(OnSiteMessage::text)
        .containsExactly("from the phone", "We are here.");
    assertThat(table.toShow(anna, ANNAS, 50, NOON)).as("who only says they are Anna").isEmpty();
  }

  private SendResult popup(UUID lead, String id) {
    return popup(lead, id, Map.of("place", "bar"));
  }

  private SendResult popup(UUID lead, String id, Map<String, String> look) {
    return new OnSiteChannel("popup", table, clock)
        .send(new ShortMessage(id, lead.toString(), "", "Come back", List.of(), look), () -> {});
  }

  private Heard open(Windows windows, String browser) {
    Heard heard = new Heard();
    assertThat(windows.open(browser, new Window(heard, BEAT, gone -> {}))).isTrue();
    return heard;
  }

  private UUID aLead(String browser) {
    UUID id = UUID.randomUUID();
    JdbcClient jdbc = JdbcClient.create(database);
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(id)
        .update();
    jdbc.sql("insert into lead_identity values ('anonymous', ?, ?, now())")
        .params(browser, id)
        .update();
    return id;
  }

  /** No time goes by, however slow the machine is. */
  private static final class StandingClock implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return 0;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** A window that keeps what it is told. */
  private static final class Heard extends SseEmitter {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void send(SseEventBuilder builder) {
      StringBuilder text = new StringBuilder();
      builder.build().forEach(part -> text.append(part.getData()));
      events.add(text.toString());
    }
  }
}
