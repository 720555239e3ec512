package io.ripen.engine.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

class EventOutboxIT {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final EventOutboxJdbc outbox = at(NOON);

  @Test
  void kept_events_go_out_in_order_and_as_they_were() {
    List<Event> events = IntStream.range(0, 450).mapToObj(i -> event("m" + i)).toList();
    events.forEach(outbox::put);

    assertThat(send(NOON)).isTrue();
    assertThat(send(NOON)).isTrue();
    assertThat(send(NOON)).isFalse();

    assertThat(kafka.published()).isEqualTo(events);
    assertThat(kept()).isZero();
  }

  @Test
  void an_event_that_is_told_again_is_kept_once() {
    outbox.put(event("same"));
    outbox.put(event("same"));

    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void while_kafka_is_away_events_keep_their_place() {
    outbox.put(event("first"));
    outbox.put(event("second"));
    kafka.fails();
    for (int i = 0; i < 20; i++) {
      assertThat(send(NOON)).isFalse();
    }
    assertThat(kept()).isEqualTo(2);

    kafka.recovers();
    send(NOON);

    assertThat(kafka.published()).extracting(Event::messageId).containsExactly("first", "second");
  }

  @Test
  void rows_that_kafka_refuses_block_nobody_and_are_tried_again() {
    IntStream.range(0, 250).mapToObj(i -> event("bad" + i)).forEach(outbox::put);
    outbox.put(event("good"));
    kafka.refuses(event -> event.messageId().startsWith("bad"));

    send(NOON);
    send(NOON);

    assertThat(kafka.published()).extracting(Event::messageId).containsExactly("good");
    assertThat(jdbc.sql("select distinct problem from event_outbox").query(String.class).single())
        .contains("too large");

    kafka.refuses(event -> false);
    send(NOON);
    assertThat(kafka.published()).hasSize(1);
    send(NOON.plus(Duration.ofMinutes(1)));
    assertThat(kafka.published()).hasSize(201);
  }

  @Test
  void a_row_that_cannot_be_read_blocks_nobody() {
    jdbc.sql(
            "insert into event_outbox (message_id, event, kept_at, next_attempt_at)"
                + " values ('broken', 'no json', :now, :now)")
        .param("now", NOON.atOffset(ZoneOffset.UTC))
        .update();
    outbox.put(event("good"));

    send(NOON);

    assertThat(kafka.published()).extracting(Event::messageId).containsExactly("good");
    assertThat(jdbc.sql("select problem from event_outbox").query(String.class).single())
        .contains("not JSON");
  }

  @Test
  void two_processes_do_not_send_the_same() {
    outbox.put(event("one"));

    transaction.executeWithoutResult(
        status -> {
          assertThat(outbox.due(10, NOON)).hasSize(1);
          Thread other = Thread.ofVirtual().start(() -> send(NOON));
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    assertThat(kafka.published()).isEmpty();
    assertThat(kept()).isEqualTo(1);
  }

  private boolean send(Instant now) {
    return new SendKeptEvents(transaction, at(now), kafka, new EventJson(), clock(now)).send();
  }

  private EventOutboxJdbc at(Instant now) {
    return new EventOutboxJdbc(jdbc, new EventJson(), clock(now));
  }

  private static Clock clock(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private long kept() {
    return jdbc.sql("select count(*) from event_outbox").query(Long.class).single();
  }

  private static Event event(String messageId) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return new Event(
        messageId,
        "track",
        "Message Clicked",
        null,
        null,
        null,
        null,
        new UUID(7, 8),
        NOON,
        NOON,
        "default",
        json.objectNode().put("touch", "1").put("url", "https://shop.example/ü"),
        json.objectNode(),
        json.objectNode());
  }
}
