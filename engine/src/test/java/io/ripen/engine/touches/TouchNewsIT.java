package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.engine.events.Event;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a touch after it was sent. */
class TouchNewsIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void the_first_time_of_each_is_kept() {
    Touch touch = world.aTouch();
    world.send(touch);

    hear(news(touch, "Message Opened", NOON.plusSeconds(60)), news(touch, "Message Clicked", NOON));
    hear(news(touch, "Message Opened", NOON.plusSeconds(90)));

    assertThat(at(touch, "opened_at")).isEqualTo(NOON.plusSeconds(60));
    assertThat(at(touch, "clicked_at")).isEqualTo(NOON);
    assertThat(world.row(touch).get("delivered_at")).as("who opens it has it").isNotNull();
    assertThat(world.row(touch).get("replied_at")).isNull();
  }

  @Test
  void what_somebody_has_heard_of_was_sent() {
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Uncertain("the answer was lost"));
    world.send(touch);
    assertThat(world.state(touch)).isEqualTo("uncertain");

    hear(news(touch, "Message Delivered", NOON));

    assertThat(world.row(touch)).containsEntry("state", "accepted").containsEntry("code", null);
  }

  @Test
  void what_bounces_says_why() {
    Touch touch = world.aTouch();
    world.send(touch);

    hear(news(touch, "Message Bounced", NOON));

    assertThat(at(touch, "undelivered_at")).isEqualTo(NOON);
    assertThat(world.row(touch))
        .containsEntry("undelivered_reason", "mailbox full")
        .containsEntry("delivered_at", null);
  }

  @Test
  void what_names_no_touch_of_this_lead_changes_nothing() {
    Touch touch = world.aTouch();
    world.send(touch);
    Touch other = world.aTouch();

    hear(
        event("Message Opened", other, Long.toString(touch.key()), NOON),
        event("Message Opened", touch, "soon", NOON),
        news(touch, "Message Link Checked", NOON));

    assertThat(world.row(touch))
        .containsEntry("opened_at", null)
        .containsEntry("delivered_at", null);
  }

  private void hear(Event... events) {
    new TouchNews(world.sql, new TouchMetrics(world.meters)).heard(List.of(events));
  }

  private static Event news(Touch touch, String name, Instant at) {
    return event(name, touch, Long.toString(touch.key()), at);
  }

  private static Event event(String name, Touch of, String touch, Instant at) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("touch", touch).put("reason", "mailbox full");
    return Event.ofOurs(
        name + at, name, of.leadId(), at, properties, JsonNodeFactory.instance.objectNode());
  }

  private Instant at(Touch touch, String column) {
    return ((Timestamp) world.row(touch).get(column)).toInstant();
  }
}
