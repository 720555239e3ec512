package io.ripen.engine.tracking;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BadRequestsIT extends DoorIT {

  private static final String EXPECTED_TYPES =
      "(expected: track, page, identify, alias, group or screen)";
  private static final String EXPECTED_TIME =
      "(expected: an ISO 8601 time such as 2026-03-29T12:30:00.000Z)";

  static Stream<Bad> bad_requests() throws IOException {
    return Stream.of(
        // Not JSON
        bad("/v1/track", "", "the body is empty (expected: a JSON object)"),
        bad(
            "/v1/track",
            "{\"event\": ",
            "the body is not JSON at line 1, column 11: Unexpected end-of-input within/between"
                + " Object entries"),
        bad(
            "/v1/track",
            "hello",
            "the body is not JSON at line 1, column 1: Unrecognized token 'hello': was expecting"
                + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
        bad("/v1/track", "[]", "the body is not a JSON object (expected: an event in braces)"),
        bad("/v1/track", "null", "the body is not a JSON object (expected: an event in braces)"),
        bad(
            "/v1/track",
            "{\"userId\": NaN}",
            "the body is not JSON at line 1, column 15: Non-standard token 'NaN'"),
        bad(
            "/v1/track",
            track("") + "}",
            "the body is not JSON at line 1, column 50: Unexpected close marker '}': no open Object to close"),
        bad(
            "/v1/batch",
            "[]",
            "the body is not a JSON object (expected: an object with a \"batch\")"),
        bad("/v1/batch", "{}", "\"batch\" is missing (expected: a list of events)"),
        bad("/v1/batch", "{\"batch\": {}}", "\"batch\" is not a list (expected: a list of events)"),
        bad("/v1/batch", "{\"batch\": []}", "\"batch\" is empty (expected: at least one event)"),
        bad(
            "/v1/batch",
            "{\"batch\": [" + track("") + "]} x",
            "the body is not JSON at line 1, column 64: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
        bad(
            "/v1/batch",
            "{\"batch\": [" + track("") + "]} {}",
            "the body goes on after its end (expected: one JSON object)"),
        bad(
            "/v1/batch",
            "{\"batch\": [" + "1,".repeat(2_500) + "1]}",
            "\"batch\" holds more than 2500 events (expected: at most that many)"),
        new Bad(
            "/v1/batch",
            ("{\"batch\": [" + track("") + "]}").getBytes(UTF_16),
            DoorIT::asShop,
            400,
            "the body is UTF-16 or UTF-32 (expected: UTF-8)"),
        new Bad(
            "/v1/track",
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            DoorIT::asShop,
            400,
            "the body is not JSON at line 1, column 5: Invalid UTF-8 start byte 0xff"),
        bad(
            "/v1/track",
            "{\"properties\":" + "[".repeat(30_000),
            "the body is not JSON: Document nesting depth (101) exceeds the maximum allowed (100)"),

        // What is missing or of the wrong kind
        bad(
            "/v1/track",
            "{\"userId\": \"u\"}",
            "track: \"event\" is missing (expected: the event's name)"),
        bad(
            "/v1/track",
            "{\"userId\": \"u\", \"event\": \" \"}",
            "track: \"event\" is missing (expected: the event's name)"),
        bad(
            "/v1/track",
            "{\"userId\": \"u\", \"event\": 7}",
            "track: \"event\" is a number (expected: the event's name)"),
        bad(
            "/v1/track",
            "{\"userId\": \"u\", \"event\": \"%s\"}".formatted("x".repeat(256)),
            "track: \"event\" is 256 characters long (expected: at most 255 characters)"),
        bad(
            "/v1/track",
            "{\"event\": \"E\"}",
            "track: \"userId\" is missing, and so is anonymousId (expected: one of both)"),
        bad(
            "/v1/page",
            "{\"userId\": null, \"anonymousId\": \"undefined\"}",
            "page: \"userId\" is missing, and so is anonymousId (expected: one of both)"),
        bad(
            "/v1/identify",
            "{\"traits\": {\"email\": \"a@b.example\"}}",
            "identify: \"userId\" is missing, and so is anonymousId (expected: one of both)"),
        bad(
            "/v1/screen",
            "{\"userId\": {\"$oid\": \"1\"}}",
            "screen: \"userId\" is an object (expected: a text or a whole number)"),
        bad(
            "/v1/screen",
            "{\"userId\": true}",
            "screen: \"userId\" is true (expected: a text or a whole number)"),
        bad(
            "/v1/screen",
            "{\"userId\": 1.5}",
            "screen: \"userId\" is a number (expected: a text or a whole number)"),
        bad(
            "/v1/page",
            "{\"anonymousId\": [\"a\"]}",
            "page: \"anonymousId\" is a list (expected: a text or a whole number)"),
        bad(
            "/v1/page",
            "{\"anonymousId\": \"%s\"}".formatted("x".repeat(300)),
            "page: \"anonymousId\" is 300 characters long (expected: at most 255 characters)"),
        bad(
            "/v1/page",
            "{\"anonymousId\": \"a\\u0000\"}",
            "page: \"anonymousId\" holds a NUL character or half a surrogate pair (expected: an id"
                + " without)"),
        bad(
            "/v1/page",
            "{\"userId\": \"\\ud800\"}",
            "page: \"userId\" holds a NUL character or half a surrogate pair (expected: an id"
                + " without)"),
        bad(
            "/v1/alias",
            "{\"userId\": \"u\"}",
            "alias: \"previousId\" is missing (expected: the id that the person had until now)"),
        bad(
            "/v1/alias",
            "{\"previousId\": \"a\"}",
            "alias: \"userId\" is missing (expected: the person's new id)"),
        bad(
            "/v1/group",
            "{\"userId\": \"u\"}",
            "group: \"groupId\" is missing (expected: the id of the company or account)"),
        bad(
            "/v1/track",
            track("\"messageId\": \"" + "x".repeat(101) + "\""),
            "track: \"messageId\" is 101 characters long (expected: at most 100 characters)"),
        bad(
            "/v1/track",
            track("\"properties\": [1]"),
            "track: \"properties\" is a list (expected: an object)"),
        bad(
            "/v1/identify",
            "{\"userId\": \"u\", \"traits\": \"tall\"}",
            "identify: \"traits\" is a text (expected: an object)"),
        bad(
            "/v1/track",
            track("\"context\": 1"),
            "track: \"context\" is a number (expected: an object)"),

        // Times
        bad(
            "/v1/track",
            track("\"timestamp\": 1774785600"),
            "track: \"timestamp\" is a number " + EXPECTED_TIME),
        bad(
            "/v1/track",
            track("\"timestamp\": \"yesterday\""),
            "track: \"timestamp\" is 'yesterday' " + EXPECTED_TIME),
        bad(
            "/v1/track",
            track("\"timestamp\": \"2026-02-30T00:00:00Z\""),
            "track: \"timestamp\" is '2026-02-30T00:00:00Z' " + EXPECTED_TIME),
        bad(
            "/v1/track",
            track("\"timestamp\": \"+30000-01-01T00:00:00Z\""),
            "track: \"timestamp\" is '+30000-01-01T00:00:00Z' " + EXPECTED_TIME),
        bad(
            "/v1/track",
            track("\"timestamp\": \"0001-01-01T00:00:00Z\""),
            "track: \"timestamp\" is 0001-01-01T00:00:00Z (expected: a time from 1970 on)"),
        bad(
            "/v1/track",
            track("\"sentAt\": \"soon\""),
            "track: \"sentAt\" is 'soon' " + EXPECTED_TIME),
        bad(
            "/v1/batch",
            "{\"sentAt\": \"soon\", \"batch\": [{}]}",
            "batch: \"sentAt\" is 'soon' " + EXPECTED_TIME),

        // Out of bounds
        bad(
            "/v1/track",
            track("\"properties\": {\"price\": 1e400}"),
            "track: \"properties\" holds a number of 401 digits (expected: at most 308 before or behind the point)"),
        bad(
            "/v1/track",
            track("\"properties\": {\"price\": " + "9".repeat(400) + "}"),
            "track: \"properties\" holds a number of 400 digits (expected: at most 308 before or behind the point)"),
        bad(
            "/v1/track",
            track("\"properties\": " + "{\"a\":".repeat(40) + "1" + "}".repeat(40)),
            "track: \"properties\" is nested more than 32 deep (expected: less nesting)"),
        bad(
            "/v1/track",
            track("\"properties\": {\"a\": [" + "1,".repeat(5_000) + "1]}"),
            "track: \"properties\" holds more than 5000 values (expected: fewer)"),
        bad(
            "/v1/track",
            track("\"properties\": {\"a\": \"" + "x".repeat(33_000) + "\"}"),
            "the body is too large (expected: at most 32 KB)"),
        bad(
            "/v1/batch",
            "{\"batch\": [" + track("\"a\": \"" + "x".repeat(600_000) + "\"") + "]}",
            "the body is too large (expected: at most 500 KB)"),

        // In a batch
        bad(
            "/v1/batch",
            "{\"batch\": [{\"userId\": \"u\"}]}",
            "event: \"batch[0].type\" is missing " + EXPECTED_TYPES),
        bad(
            "/v1/batch",
            "{\"batch\": [{\"type\": \"purchase\", \"userId\": \"u\"}]}",
            "event: \"batch[0].type\" is 'purchase' " + EXPECTED_TYPES),
        bad(
            "/v1/batch",
            "{\"batch\": [7]}",
            "\"batch[0]\" is not an object (expected: an event in braces)"),
        bad(
            "/v1/batch",
            "{\"context\": \"x\", \"batch\": [{}]}",
            "\"context\" is not an object (expected: an object)"),
        bad(
            "/v1/batch",
            "{\"batch\": [{\"type\":\"page\",\"userId\":\"u\",\"a\": \""
                + "x".repeat(33_000)
                + "\"}]}",
            "\"batch[0]\" is 33036 bytes large (expected: at most 32 KB)"),
        bad(
            "/v1/batch",
            "{\"batch\": [{\"type\":\"page\",\"userId\":\"u\"}], \"context\": {\"a\": \""
                + "x".repeat(33_000)
                + "\"}}",
            "\"batch[0]\" is 33037 bytes large with the batch's context (expected: at most 32 KB)"),

        // Encodings
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> asShop(request).header("Content-Encoding", "br"),
            415,
            "Content-Encoding is 'br' (expected: gzip, or none)"),
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> asShop(request).header("Content-Encoding", "gzip"),
            400,
            "the body is not gzip, or broken off (expected: what Content-Encoding says)"),
        new Bad(
            "/v1/track",
            java.util.Arrays.copyOf(gzip(track("").getBytes(UTF_8)), 30),
            request -> asShop(request).header("Content-Encoding", "gzip"),
            400,
            "the body is not gzip, or broken off (expected: what Content-Encoding says)"),
        new Bad(
            "/v1/batch",
            gzip(new byte[100_000_000]),
            request -> asShop(request).header("Content-Encoding", "gzip"),
            400,
            "the body is too large (expected: at most 500 KB)"),

        // Strangers
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> request,
            401,
            "the write key is missing (expected: as user name of Basic authentication, or as"
                + " \"writeKey\" in the body)"),
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> request.header("Authorization", basic("other:")),
            401,
            "the write key is unknown (expected: that of one of ripen.sites)"),
        new Bad(
            "/v1/track",
            track("\"writeKey\": \"other\"").getBytes(UTF_8),
            request -> request,
            401,
            "the write key is unknown (expected: that of one of ripen.sites)"),
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> request.header("Authorization", "Bearer shop-key"),
            401,
            "Authorization is not Basic (expected: Basic with the write key as user name)"),
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> request.header("Authorization", "Basic §"),
            401,
            "Authorization is not Base64 (expected: Basic with the write key as user name)"),
        new Bad(
            "/v1/track",
            track("").getBytes(UTF_8),
            request -> asShop(request).header("Origin", "https://blog.example"),
            403,
            "the page's origin 'https://blog.example' is none of the site's (expected: one of"
                + " ripen.sites.shop.origins)"),
        new Bad(
            "/v1/track",
            track("\"writeKey\": \"shop-key\"").getBytes(UTF_8),
            request ->
                request
                    .setHeader("Content-Type", "text/plain")
                    .header("Origin", "https://evil.example"),
            403,
            "the page's origin, the method or a header is not allowed (expected: POST, from one of"
                + " ripen.sites.<name>.origins)"));
  }

  @ParameterizedTest
  @MethodSource("bad_requests")
  void a_bad_request_is_told_what_is_wrong_and_the_next_good_event_is_taken(Bad bad)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(bad.sender.apply(request(bad.path)).POST(BodyPublishers.ofByteArray(bad.body)));

    JsonNode json = JsonMapper.shared().readTree(answer.body());
    assertThat(json.get("success").booleanValue()).isFalse();
    assertThat(json.get("message").stringValue()).isEqualTo(bad.reason);
    assertThat(answer.statusCode()).isEqualTo(bad.status);

    assertThat(post("/v1/track", track("")).body()).isEqualTo("{\"success\":true}");
  }

  @Test
  void a_bad_event_in_a_batch_does_not_cost_the_good_ones_beside_it()
      throws IOException, InterruptedException {
    String first = messageId();
    String last = messageId();

    HttpResponse<String> answer =
        post(
            "/v1/batch",
            """
            {"batch": [
              {"type": "page", "userId": "u", "messageId": "%s"},
              {"type": "track", "userId": "u"},
              "page",
              {"type": "page", "userId": "u", "messageId": "%s"}]}"""
                .formatted(first, last));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"success":false,\
            "message":"track: \\"batch[1].event\\" is missing (expected: the event's name)",\
            "accepted":2,\
            "rejected":["track: \\"batch[1].event\\" is missing (expected: the event's name)",\
            "\\"batch[2]\\" is not an object (expected: an event in braces)"]}""");
    assertThat(eventsOnTopic()).extracting(Event::messageId).contains(first, last);
  }

  @Test
  void a_batchs_context_counts_as_often_as_it_is_written()
      throws IOException, InterruptedException {
    String large = messageId();
    String small = messageId();

    HttpResponse<String> answer =
        post(
            "/v1/batch",
            """
            {"context": {"note": "%s"}, "batch": [
              {"type": "page", "userId": "u", "messageId": "%s", "name": "%s"},
              {"type": "page", "userId": "u", "messageId": "%s"}]}"""
                .formatted("x".repeat(20_000), large, "y".repeat(20_000), small));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"accepted\":1", "batch[0]", "with the batch's context");
    assertThat(eventsOnTopic()).extracting(Event::messageId).contains(small).doesNotContain(large);
  }

  @Test
  void a_batch_may_be_as_large_as_is_said() throws IOException, InterruptedException {
    String events = (track("") + ",").repeat(1_000);
    String batch = "{\"batch\": [" + events + track("") + "]}";
    String full = batch + " ".repeat(500 * 1024 - batch.length());

    assertThat(post("/v1/batch", full).body()).isEqualTo("{\"success\":true}");
    assertThat(post("/v1/batch", full + " ").body()).contains("at most 500 KB");
  }

  private static Bad bad(String path, String body, String reason) {
    return new Bad(path, body.getBytes(UTF_8), DoorIT::asShop, 400, reason);
  }

  private static String track(String more) {
    return "{\"type\": \"track\", \"event\": \"Test\", \"userId\": \"u\"%s}"
        .formatted(more.isEmpty() ? "" : ", " + more);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Bad(
      String path,
      byte[] body,
      UnaryOperator<HttpRequest.Builder> sender,
      int status,
      String reason) {

    @Override
    public String toString() {
      return path + ": " + status + ' ' + reason;
    }
  }
}
