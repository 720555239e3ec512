package io.ripen.engine.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.events.Event;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class TrackingIT extends DoorIT {

  @Autowired private MeterRegistry meters;

  @Test
  void operators_see_how_many_events_kafka_took() throws IOException, InterruptedException {
    double before = meters.counter("ripen.events.published").count();

    String batch =
        """
        {"batch": [{"type": "page", "userId": "u"}, {"type": "page", "userId": "u"}]}""";
    assertThat(post("/v1/batch", batch).statusCode()).isEqualTo(200);

    assertThat(meters.counter("ripen.events.published").count()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "track, t",
    "page, p",
    "identify, i",
    "alias, a",
    "group, g",
    "screen, s",
  })
  void each_call_is_taken_under_its_long_and_its_short_path(String type, String shortPath)
      throws IOException, InterruptedException {
    for (String path : List.of(type, shortPath)) {
      String id = messageId();

      HttpResponse<String> answer =
          post(
              "/v1/" + path,
              """
              {"messageId": "%s", "event": "E", "userId": "u", "previousId": "a", "groupId": "g",
               "leadId": "0198c5c8-5ee0-7c3e-8000-1f2e3d4c5b6a", "type": "nonsense"}"""
                  .formatted(id));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"success\":true}");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      Event event = taken(id);
      assertThat(event.type()).isEqualTo(type);
      assertThat(event.site()).isEqualTo("shop");
      assertThat(event.leadId()).isNull();
    }
  }

  @Test
  void the_readmes_example_is_taken_as_it_stands_there() throws IOException, InterruptedException {
    Matcher example =
        Pattern.compile(
                "curl -u local-shop: http://localhost:8090(\\S+) .*? -d '(.*?)'", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(example.find()).isTrue();

    assertThat(post(example.group(1), example.group(2)).statusCode()).isEqualTo(200);
    assertThat(eventsOnTopic())
        .filteredOn(event -> event.name().equals("Product Added"))
        .last()
        .satisfies(
            event -> {
              assertThat(event.anonymousId()).isEqualTo("visitor-1");
              assertThat(event.properties().propertyNames())
                  .contains("cart_id", "product_id", "price");
            });
  }

  @Test
  void a_batch_is_on_the_topic_when_the_answer_comes_and_in_its_order()
      throws IOException, InterruptedException {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> messageId()).toList();
    String events =
        String.join(
            ",",
            ids.stream()
                .map(
                    id ->
                        "{\"type\":\"page\",\"anonymousId\":\"one\",\"messageId\":\"%s\"}"
                            .formatted(id))
                .toList());

    HttpResponse<String> answer =
        send(
            asShop(request("/v1/batch"))
                .header("Content-Encoding", "gzip")
                .POST(
                    BodyPublishers.ofByteArray(
                        gzip(("{\"batch\": [" + events + "]}").getBytes(UTF_8)))));

    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(eventsOnTopic())
        .extracting(Event::messageId)
        .filteredOn(ids::contains)
        .containsExactlyElementsOf(ids);
  }

  @Test
  void what_a_batch_says_for_all_holds_for_events_that_do_not_say_it_themselves()
      throws IOException, InterruptedException {
    String first = messageId();
    String second = messageId();
    Instant sent = Instant.now().plus(Duration.ofDays(2));

    HttpResponse<String> answer =
        post(
            "/v1/batch",
            """
            {"context": {"locale": "hu-HU", "ip": "127.0.0.1"}, "integrations": {"All": true},
             "sentAt": "%s",
             "batch": [
               {"type": "page", "userId": "u", "messageId": "%s", "timestamp": "%s",
                "context": {"locale": "de-AT"}},
               {"type": "page", "userId": "u", "messageId": "%s"}]}"""
                .formatted(sent, first, sent.minusSeconds(60), second));

    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(taken(first).context().toString())
        .isEqualTo("{\"locale\":\"de-AT\",\"ip\":\"127.0.0.1\"}");
    assertThat(Duration.between(taken(first).occurredAt(), taken(first).receivedAt()))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(taken(second).context().toString())
        .isEqualTo("{\"locale\":\"hu-HU\",\"ip\":\"127.0.0.1\"}");
  }

  @Test
  void a_beacon_says_its_write_key_in_the_body() throws IOException, InterruptedException {
    String id = messageId();

    HttpResponse<String> answer =
        send(
            request("/v1/p")
                .setHeader("Content-Type", "text/plain;charset=UTF-8")
                .header("Origin", "https://blog.example")
                .POST(
                    BodyPublishers.ofString(
                        "{\"anonymousId\": \"a\", \"messageId\": \"%s\", \"writeKey\": \"blog-key\"}"
                            .formatted(id))));

    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://blog.example");
    assertThat(taken(id).site()).isEqualTo("blog");
  }

  @Test
  void a_bots_events_are_answered_counted_and_not_stored()
      throws IOException, InterruptedException {
    double before = meters.counter("ripen.tracking.bots").count();
    String bot = messageId();
    String person = messageId();

    HttpResponse<String> answer =
        post(
            "/v1/batch",
            """
            {"batch": [
               {"type": "page", "anonymousId": "a", "messageId": "%s",
                "context": {"userAgent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}},
               {"type": "page", "anonymousId": "b", "messageId": "%s",
                "context": {"userAgent": "Mozilla/5.0 Firefox/142.0"}}]}"""
                .formatted(bot, person));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(eventsOnTopic()).extracting(Event::messageId).contains(person).doesNotContain(bot);
    assertThat(meters.counter("ripen.tracking.bots").count()).isEqualTo(before + 1);
  }

  @Test
  void the_headers_user_agent_counts_for_browsers_and_not_for_servers()
      throws IOException, InterruptedException {
    String ofBrowser = messageId();
    String ofServer = messageId();
    String event = "{\"anonymousId\": \"a\", \"messageId\": \"%s\", \"writeKey\": \"shop-key\"}";

    HttpResponse<String> browser =
        send(
            request("/v1/page")
                .header("User-Agent", "Mozilla/5.0 HeadlessChrome/139.0.0.0")
                .POST(BodyPublishers.ofString(event.formatted(ofBrowser))));
    HttpResponse<String> server =
        send(
            asShop(request("/v1/page"))
                .header("User-Agent", "the-shops-chatbot/1.0")
                .POST(BodyPublishers.ofString(event.formatted(ofServer))));

    assertThat(browser.statusCode()).isEqualTo(200);
    assertThat(server.statusCode()).isEqualTo(200);
    assertThat(eventsOnTopic())
        .extracting(Event::messageId)
        .contains(ofServer)
        .doesNotContain(ofBrowser);
  }

  @Test
  void a_page_of_a_site_may_ask_before_it_sends() throws IOException, InterruptedException {
    HttpResponse<String> answer = preflight("https://shop.example");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://shop.example");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("authorization, content-type");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue("POST,GET");
  }

  @Test
  void a_page_of_a_stranger_may_not() throws IOException, InterruptedException {
    HttpResponse<String> answer = preflight("https://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void our_own_pages_need_no_entry() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            asShop(request("/v1/page"))
                .header("Origin", "https://ripen.example")
                .POST(BodyPublishers.ofString("{\"anonymousId\": \"a\"}")));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void a_browser_is_not_made_to_ask_the_visitor_for_a_password()
      throws IOException, InterruptedException {
    var stranger = request("/v1/page").POST(BodyPublishers.ofString("{\"anonymousId\": \"a\"}"));

    assertThat(send(stranger).headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(
            send(stranger.header("Origin", "https://shop.example"))
                .headers()
                .firstValue("WWW-Authenticate"))
        .isEmpty();
  }

  @Test
  void segments_scripts_are_told_where_events_go() throws IOException, InterruptedException {
    HttpResponse<String> known = send(request("/v1/projects/shop-key/settings").GET());

    assertThat(JsonMapper.shared().readTree(known.body()).at("/integrations/Segment.io"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"apiKey": "shop-key", "apiHost": "ripen.example/v1", "protocol": "https"}"""));
    assertThat(send(request("/v1/projects/other/settings").GET()).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
    return send(
        request("/v1/t")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization, content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static Event taken(String messageId) {
    return eventsOnTopic().stream()
        .filter(event -> event.messageId().equals(messageId))
        .findFirst()
        .orElseThrow();
  }
}
