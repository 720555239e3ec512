package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** Scanners that call themselves browsers, and people, follow the links of an e-mail. */
class ScannersIT {

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TouchRef TEXT =
      new TouchRef(7, TOUCH.leadId(), "sms", "marketing", "abandoned-cart", "serviceTask_nudge");

  private final DataSource database = TestDatabase.migratedWithoutPool();
  private final JdbcClient sql = JdbcClient.create(database);
  private final MovableClock clock = new MovableClock();
  private final SignedLinks links = Links.signedAt(clock);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final ScannerProperties scanners =
      new ScannerProperties(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private final VisitsJdbc visits = new VisitsJdbc(sql, new EventJson(), scanners);
  private final EventOutboxJdbc outbox = new EventOutboxJdbc(sql, new EventJson(), clock);
  private final TouchEvents events = new TouchEvents(kafka, outbox, visits, clock);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final MockMvc server =
      TestViews.of(
          new ClickController(links, Links.noShortOnes(), events),
          new AnswerController(links, events),
          new PixelController(links, events));

  private long visited;

  @BeforeEach
  void handedOver() {
    sql.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, planned_at, hand_over_began_at,
              hand_over_ended_at, state)
            values (?, ?, 'email', 'marketing', 'abandoned-cart', 1, 'serviceTask_sendReminder', 1,
              'reminder', 'normal', ?, ?, ?, 'accepted')
            """)
        .params(TOUCH.touch(), TOUCH.leadId(), utc(NOON), utc(NOON), utc(NOON))
        .update();
  }

  /** From here on the database's clock stands still, too. */
  @BeforeEach
  void stopClockOfDatabase() {
    List.of(
            "create schema moved",
            "create table moved.clock as select timestamptz '%s' as now".formatted(NOON),
            """
            create function moved.clock_timestamp() returns timestamptz language sql
            as 'select now from moved.clock'
            """,
            "alter table link_visit alter noted_at set default moved.clock_timestamp()",
            // What is of PostgreSQL comes first unless the path says otherwise.
            """
            do $$ begin
              execute format('alter database %I set search_path = moved, public, pg_catalog',
                current_database());
            end $$
            """)
        .forEach(statement -> sql.sql(statement).update());
  }

  private void pass(Duration time) {
    clock.move(time);
    sql.sql("update moved.clock set now = now + ? * interval '1 millisecond'")
        .param(time.toMillis())
        .update();
  }

  @Test
  void who_had_the_time_to_read_has_clicked() throws Exception {
    pass(Duration.ofSeconds(6));
    click("cart");

    assertThat(told()).extracting(Event::name).containsExactly("Message Clicked");
    assertThat(confidence()).containsExactly("high");
    assertThat(told().getFirst().occurredAt()).isEqualTo(NOON.plusSeconds(6));
  }

  @Test
  void who_comes_before_anybody_can_have_read_it_is_a_program() throws Exception {
    pass(Duration.ofSeconds(4));
    click("cart");

    assertThat(told()).extracting(Event::name).containsExactly("Message Link Checked");
    assertThat(confidence()).containsExactly("low");
  }

  @Test
  void a_click_on_a_copy_that_was_sent_before_is_a_persons() throws Exception {
    sql.sql("update touch set hand_over_began_at = :at, hand_over_ended_at = :at")
        .param("at", utc(NOON.plusSeconds(90)))
        .update();
    pass(Duration.ofMinutes(1));
    click("cart");

    assertThat(told()).extracting(Event::name).containsExactly("Message Clicked");
  }

  @Test
  void a_slow_mail_server_has_shown_it_to_nobody_before_it_accepted_it() throws Exception {
    sql.sql("update touch set state = 'handing-over', hand_over_ended_at = null, claimed_until = ?")
        .param(utc(NOON.plusSeconds(60)))
        .update();
    pass(Duration.ofSeconds(8));
    click("cart");
    assertThat(told()).as("nobody knows yet when it was handed over").isEmpty();

    pass(Duration.ofSeconds(20));
    sql.sql("update touch set state = 'accepted', hand_over_ended_at = ?, claimed_until = null")
        .param(utc(clock.instant()))
        .update();
    pass(Duration.ofSeconds(4));
    click("shop");
    pass(Duration.ofSeconds(2));
    click("shop");

    assertThat(told())
        .extracting(Event::name)
        .containsExactly("Message Link Checked", "Message Link Checked", "Message Clicked");
  }

  @Test
  void a_worker_that_was_lost_in_the_hand_over_keeps_no_click_for_ever() throws Exception {
    sql.sql("update touch set state = 'handing-over', hand_over_ended_at = null, claimed_until = ?")
        .param(utc(NOON.plusSeconds(60)))
        .update();
    pass(Duration.ofSeconds(50));
    click("cart");
    pass(Duration.ofSeconds(10));

    assertThat(told()).extracting(Event::name).containsExactly("Message Clicked");
  }

  @Test
  void an_engine_whose_clock_is_wrong_judges_like_all_others() throws Exception {
    clock.move(Duration.ofHours(1));
    pass(Duration.ofSeconds(4));
    click("cart");

    assertThat(told()).extracting(Event::name).containsExactly("Message Link Checked");
  }

  @Test
  void who_follows_two_links_at_once_is_a_program_and_no_click_was_told_before() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    pass(Duration.ofMillis(900));
    assertThat(toldByNow()).isEmpty();
    click("shop");

    assertThat(told())
        .extracting(Event::name)
        .containsExactly("Message Link Checked", "Message Link Checked");
  }

  @Test
  void one_link_after_the_other_makes_all_of_them_a_programs() throws Exception {
    pass(Duration.ofHours(1));
    for (String target : List.of("a", "b", "c", "d")) {
      click(target);
      pass(Duration.ofMillis(800));
      toldByNow();
    }

    assertThat(told()).hasSize(4).extracting(Event::name).containsOnly("Message Link Checked");
  }

  @Test
  void a_page_of_ours_behind_a_link_counts_as_one_of_several() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    events.noteVisit("unsubscribe", TOUCH);
    visited++;

    assertThat(told()).extracting(Event::name).containsExactly("Message Link Checked");
  }

  @Test
  void a_program_that_says_so_at_an_answer_is_found_at_the_other_links() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    server.perform(head(path(links.answer(TOUCH, "happy", "yes"))).header("User-Agent", BROWSER));
    visited++;
    assertThat(told()).extracting(Event::name).containsExactly("Message Link Checked");

    pass(Duration.ofHours(1));
    click("cart");
    server.perform(post(path(links.answer(TOUCH, "happy", "yes"))).header("User-Agent", "curl/8"));
    visited++;
    assertThat(told())
        .extracting(Event::name)
        .containsExactly("Message Link Checked", "Message Link Checked");
  }

  @Test
  void two_clicks_on_one_link_are_a_person_in_a_hurry() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    click("cart");

    assertThat(told())
        .extracting(Event::name)
        .containsExactly("Message Clicked", "Message Clicked");
  }

  @Test
  void who_looks_at_one_page_and_then_at_another_is_a_person() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    pass(Duration.ofMillis(1100));
    click("shop");

    assertThat(told())
        .extracting(Event::name)
        .containsExactly("Message Clicked", "Message Clicked");
  }

  @Test
  void what_others_do_at_the_same_moment_says_nothing() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    events.noteVisit(
        "unsubscribe",
        new TouchRef(8, TOUCH.leadId(), "email", "marketing", "nurturing", "serviceTask_send"));
    visited++;

    assertThat(told()).extracting(Event::name).containsExactly("Message Clicked");
  }

  @Test
  void who_answers_yes_and_no_in_one_second_has_answered_nothing() throws Exception {
    pass(Duration.ofHours(1));
    answer("yes");
    answer("no");
    assertThat(told()).extracting(Event::name).containsOnly("Message Link Checked");

    pass(Duration.ofHours(1));
    answer("no");
    assertThat(told().getLast().name()).isEqualTo("Question Answered");
    assertThat(told().getLast().properties().path("answer").asString()).isEqualTo("no");
  }

  @Test
  void a_picture_that_is_loaded_at_once_was_seen_by_nobody_yet() throws Exception {
    open();
    assertThat(told()).isEmpty();

    pass(Duration.ofMinutes(1));
    open();
    pass(Duration.ofMinutes(1));
    open();
    assertThat(told()).as("the first time counts").hasSize(1);
    assertThat(told().getFirst().name()).isEqualTo("Message Opened");
    assertThat(told().getFirst().occurredAt()).isAfter(NOON.plusSeconds(59));
  }

  @Test
  void seeing_it_and_clicking_at_once_is_what_people_do() throws Exception {
    pass(Duration.ofHours(1));
    open();
    click("cart");

    assertThat(told())
        .extracting(Event::name)
        .containsExactlyInAnyOrder("Message Opened", "Message Clicked");
  }

  @Test
  void what_is_told_is_told_once_and_forgotten_soon() throws Exception {
    pass(Duration.ofHours(1));
    click("cart");
    assertThat(told()).hasSize(1);
    assertThat(sql.sql("delete from event_outbox").update()).isEqualTo(1);

    assertThat(told()).isEmpty();
    pass(Duration.ofMinutes(11));
    tell().forget();
    assertThat(sql.sql("select count(*) from link_visit").query(Long.class).single()).isZero();
  }

  @Test
  void a_visit_that_cannot_be_told_blocks_nobody_and_is_tried_again() throws Exception {
    sql.sql(
            """
            insert into link_visit (touch_key, lead_id, link, visited_at, event)
            values (:touch, :lead, 'a', :now, 'no json'),
              (:touch, :lead, 'b', :now, convert_to(:nobodys, 'UTF8'))
            """)
        .param("touch", TOUCH.touch())
        .param("lead", TOUCH.leadId())
        .param("now", utc(NOON))
        .param(
            "nobodys",
            """
            {"messageId": "m", "type": "track", "event": "Message Clicked", "anonymousId": "a"}
            """)
        .update();
    visited = 2;
    pass(Duration.ofMinutes(1));
    click("cart");

    assertThat(told()).extracting(Event::name).containsExactly("Message Clicked");
    assertThat(problems()).hasSize(2);
    assertThat(problems().getFirst()).contains("not JSON");
    assertThat(problems().getLast()).as("a bug").contains("NullPointerException");

    pass(Duration.ofMinutes(30));
    assertThat(tell().tell()).isZero();
    tell().forget();
    assertThat(problems()).as("nothing is forgotten before it is told").hasSize(2);
    sql.sql(
            "update link_visit set event = (select event from event_outbox) where event is not null")
        .update();
    pass(Duration.ofMinutes(30));
    assertThat(tell().tell()).isEqualTo(2);
  }

  @Test
  void a_visit_that_cannot_be_told_for_a_week_is_given_up_and_one_that_nobody_tried_is_not()
      throws Exception {
    click("cart");
    sql.sql("update link_visit set event = 'no json'").update();
    pass(Duration.ofMinutes(1));
    tell().tell();
    assertThat(problems()).hasSize(1);
    click("shop");

    pass(Duration.ofDays(7).minusMinutes(2));
    tell().forget();
    assertThat(problems()).hasSize(2);

    pass(Duration.ofMinutes(5));
    tell().forget();
    assertThat(problems()).as("the engine may have been away").containsExactly((String) null);
    assertThat(tell().tell()).isEqualTo(1);
    tell().forget();
    assertThat(sql.sql("select count(*) from link_visit").query(Long.class).single()).isZero();
  }

  private List<String> problems() {
    return sql.sql("select problem from link_visit where event is not null order by id")
        .query(String.class)
        .list();
  }

  @Test
  void by_other_channels_a_click_is_told_at_once() throws Exception {
    follow(get(path(links.click(TEXT, "https://shop.example.com/"))));

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(kafka.published())
                    .extracting(Event::name)
                    .containsExactly("Message Clicked"));
  }

  private void click(String target) throws Exception {
    follow(get(path(links.click(TOUCH, "https://shop.example.com/" + target))));
    visited++;
    awaitVisits();
  }

  private void answer(String answer) throws Exception {
    String path = path(links.answer(TOUCH, "happy", answer));
    follow(get(path));
    follow(post(path));
    visited += 2;
    awaitVisits();
  }

  private void open() throws Exception {
    follow(get(path(links.pixel(TOUCH))));
    visited++;
    awaitVisits();
  }

  private void follow(MockHttpServletRequestBuilder request) throws Exception {
    server.perform(request.header("User-Agent", BROWSER));
  }

  private static String path(String url) {
    return url.substring("https://go.example.com".length());
  }

  /** They are kept by threads of their own. */
  private void awaitVisits() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> sql.sql("select count(*) from link_visit").query(Long.class).single() == visited);
  }

  /** What is told in the end. */
  private List<Event> told() {
    awaitVisits();
    pass(Duration.ofSeconds(3));
    return toldByNow();
  }

  private List<Event> toldByNow() {
    assertThat(tell().tell()).isLessThan(TellVisits.MOST);
    return outbox.due(1000, clock.instant()).stream().map(this::read).toList();
  }

  private TellVisits tell() {
    return new TellVisits(transaction, visits, outbox, new EventJson(), scanners, clock);
  }

  private List<String> confidence() {
    return told().stream().map(event -> event.properties().path("confidence").asString()).toList();
  }

  private Event read(EventOutboxJdbc.Waiting waiting) {
    try {
      return new EventJson()
          .read(waiting.event(), new Arrival.OnTopic("test", 0, 0, 0, clock.instant()));
    } catch (InvalidEvent e) {
      throw new AssertionError(e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Stands still until it is moved. */
  private static final class MovableClock extends Clock {
    private volatile Instant now = NOON;

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
