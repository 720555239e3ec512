package io.ripen.engine.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EventJsonTest {

  private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
  private static final Arrival TOPIC =
      new Arrival.OnTopic("ripen.events", 3, 42, 1_700_000_000_000L, NOW);

  private final EventJson json = new EventJson();

  @Test
  void an_event_that_is_written_is_read_the_same() throws InvalidEvent {
    Event event =
        read(
            """
            {"messageId": "m1", "type": "track", "event": "Product Added", "userId": "u1",
             "anonymousId": "a1", "leadId": "0198c5c8-5ee0-7c3e-8000-1f2e3d4c5b6a",
             "timestamp": "2026-03-29T11:59:00.123Z", "receivedAt": "2026-03-29T11:59:30Z",
             "site": "shop",
             "properties": {"price": 19.90, "quantity": 2, "tags": ["a", null, {"b": true}]},
             "context": {"page": {"url": "https://shop.example/ő?q=🛒"}}}""");

    assertThat(event.leadId()).isEqualTo(UUID.fromString("0198c5c8-5ee0-7c3e-8000-1f2e3d4c5b6a"));
    assertThat(event.site()).isEqualTo("shop");
    assertThat(event.receivedAt()).isEqualTo("2026-03-29T11:59:30Z");
    assertThat(event.properties().get("price").decimalValue()).isEqualTo("19.90");
    assertThat(json.read(json.write(event), TOPIC)).isEqualTo(event);
  }

  @Test
  void what_another_system_left_out_is_filled_in() throws InvalidEvent {
    Event event = read("{\"type\": \"page\", \"anonymousId\": \"a1\"}");

    assertThat(event.messageId()).isEqualTo("ripen.events-3-42-1700000000000");
    assertThat(event.occurredAt()).isEqualTo(NOW);
    assertThat(event.receivedAt()).isEqualTo(NOW);
    assertThat(event.site()).isEqualTo("default");
    assertThat(event.name()).isEmpty();
    assertThat(event.properties()).isEmpty();
  }

  @Test
  void an_event_from_outside_cannot_name_its_lead_site_or_arrival() throws InvalidEvent {
    Event event =
        atDoor(
            """
            {"type": "track", "event": "Message Clicked", "anonymousId": "a1", "site": "other",
             "receivedAt": "2020-01-01T00:00:00Z",
             "leadId": "0198c5c8-5ee0-7c3e-8000-1f2e3d4c5b6a"}""",
            null);

    assertThat(event.leadId()).isNull();
    assertThat(event.site()).isEqualTo("shop");
    assertThat(event.receivedAt()).isEqualTo(NOW);
    assertThat(UUID.fromString(event.messageId()).version()).isEqualTo(7);
  }

  @Test
  void a_clock_that_is_an_hour_fast_is_set_right() throws InvalidEvent {
    Event event = atDoor(page("2026-03-29T12:59:50Z"), NOW.plus(Duration.ofHours(1)));

    assertThat(event.occurredAt()).isEqualTo("2026-03-29T11:59:50Z");
  }

  @Test
  void a_clock_that_never_was_set_is_set_right() throws InvalidEvent {
    Event event = atDoor(page("1970-01-01T00:01:00Z"), Instant.parse("1970-01-01T00:01:05Z"));

    assertThat(event.occurredAt()).isEqualTo("2026-03-29T11:59:55Z");
  }

  @Test
  void a_time_that_was_corrected_before_is_left_alone() throws InvalidEvent {
    Event event =
        atDoor(
            """
            {"type": "page", "anonymousId": "a1", "timestamp": "2026-03-29T11:00:00Z",
             "originalTimestamp": "2026-03-29T10:00:00Z", "sentAt": "2026-03-29T10:30:00Z"}""",
            null);

    assertThat(event.occurredAt()).isEqualTo("2026-03-29T11:00:00Z");
  }

  @Test
  void the_future_is_now() throws InvalidEvent {
    assertThat(atDoor(page("2026-03-30T12:00:00Z"), null).occurredAt()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T11:00:00.5Z, 2026-03-29T11:00:00.500Z",
    "2026-03-29T11:00:00.123Z, 2026-03-29T11:00:00.123Z",
    "2026-03-29T11:00Z, 2026-03-29T11:00:00Z",
    "2026-03-29T13:00:00+02:00, 2026-03-29T11:00:00Z",
    "2026-03-29T13:00:00.000+0200, 2026-03-29T11:00:00Z",
    "2026-03-29T13:00:00+02, 2026-03-29T11:00:00Z",
    "2026-03-29T11:00:00.123456789, 2026-03-29T11:00:00.123456Z",
    "2026-03-29, 2026-03-29T00:00:00Z",
  })
  void times_are_read_in_the_forms_that_languages_print_them(String text, Instant expected)
      throws InvalidEvent {
    assertThat(atDoor(page(text), null).occurredAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-02-29T00:00:00.000Z",
        "2026-02-30T10:00:00+02:00",
        "10:00",
        "now",
        "2026-03-29T25:00:00.000Z",
        "12026-03-29T11:00:00Z",
        "1774785600"
      })
  void what_is_no_time_is_refused(String text) {
    assertThatThrownBy(() -> atDoor(page(text), null)).hasMessageContaining("ISO 8601");
  }

  @Test
  void ids_may_be_whole_numbers() throws InvalidEvent {
    assertThat(read("{\"type\": \"identify\", \"userId\": 4711}").userId()).isEqualTo("4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "undefined", "NaN", "[object Object]", "  ", "0"})
  void what_programs_send_for_no_id_is_none(String userId) throws InvalidEvent {
    Event event =
        read("{\"type\": \"page\", \"userId\": \"%s\", \"anonymousId\": \"a1\"}".formatted(userId));

    assertThat(event.userId()).isNull();
  }

  @Test
  void what_postgresql_cannot_hold_is_replaced() throws InvalidEvent {
    Event event =
        read(
            """
            {"type": "track", "event": "Se\\u0000arch", "anonymousId": "a1", "properties":
             {"q": "a\\u0000b\\ud83dc\\ud83d\\uded2", "k\\u0000": ["\\udc00"]}}""");

    assertThat(event.name()).isEqualTo("Se\uFFFDarch");
    assertThat(event.properties().toString())
        .isEqualTo("{\"q\":\"a\uFFFDb\uFFFDc🛒\",\"k\uFFFD\":[\"\uFFFD\"]}");
    assertThat(json.read(json.write(event), TOPIC)).isEqualTo(event);
  }

  @Test
  void the_reason_says_what_where_and_what_was_expected() {
    assertThatThrownBy(() -> read("{\"type\": \"track\", \"userId\": \"u1\"}"))
        .isInstanceOf(InvalidEvent.class)
        .hasMessage("track: \"event\" is missing (expected: the event's name)");
    assertThatThrownBy(
            () ->
                json.read(
                    (ObjectNode) json.mapper().readTree("{\"type\": \"page\", \"userId\": {}}"),
                    "batch[3].",
                    TOPIC))
        .hasMessage("page: \"batch[3].userId\" is an object (expected: a text or a whole number)");
  }

  @Test
  void a_number_that_would_fill_memory_is_refused() {
    assertThatThrownBy(
            () -> read("{\"type\":\"page\",\"userId\":\"u\",\"properties\":{\"n\":1e999999999}}"))
        .hasMessage(
            "page: \"properties\" holds a number of 1000000000 digits (expected: at most 308 before"
                + " or behind the point)");
  }

  @Test
  void nesting_without_end_is_refused() {
    String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    assertThatThrownBy(
            () -> read("{\"type\":\"page\",\"userId\":\"u\",\"properties\":" + deep + "}"))
        .hasMessage("page: \"properties\" is nested more than 32 deep (expected: less nesting)");
    String bomb = "[".repeat(200_000);
    assertThatThrownBy(() -> read(bomb)).hasMessageContaining("not JSON: Document nesting depth");
  }

  private Event read(String text) throws InvalidEvent {
    return json.read(text.getBytes(UTF_8), TOPIC);
  }

  private Event atDoor(String text, @Nullable Instant sentAt) throws InvalidEvent {
    return json.read(text.getBytes(UTF_8), new Arrival.AtDoor("shop", NOW, sentAt));
  }

  private static String page(String timestamp) {
    return "{\"type\": \"page\", \"anonymousId\": \"a1\", \"timestamp\": \"%s\"}"
        .formatted(timestamp);
  }
}
