package io.ripen.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.events.Event;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The door for browsers that take notifications, on a real port and a real database. */
@SpringBootTest(
    classes = PushDoorIT.Application.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "ripen.public-url=https://ripen.example",
      "ripen.signing-key=0123456789abcdef0123456789abcdef",
      "ripen.bpmn=bpmn",
      "ripen.sites.shop.write-key=shop-key",
      "ripen.sites.shop.origins=https://shop.example",
      "ripen.sites.blog.write-key=blog-key",
      "ripen.sites.blog.origins=https://blog.example",
      "ripen.push.per-minute=40",
      "spring.kafka.admin.auto-create=false",
      "camunda.client.enabled=false"
    })
@ActiveProfiles("engine")
class PushDoorIT {

  private static final PushKeys KEYS = PushKeys.generate("mailto:ops@shop.example");
  private static final List<Event> EVENTS = new CopyOnWriteArrayList<>();
  private static final List<Inbound> INBOUND = new CopyOnWriteArrayList<>();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String browser = UUID.randomUUID().toString();

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired SignedLinks links;

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry registry) {
    registry.add("ripen.push.public-key", KEYS::publicKey);
    registry.add("ripen.push.private-key", KEYS::privateKey);
    registry.add("ripen.push.subject", KEYS::subject);
  }

  @BeforeEach
  void forget() {
    EVENTS.clear();
    INBOUND.clear();
    int unused = jdbc.sql("delete from push_subscription").update();
  }

  @Test
  void a_page_of_the_site_learns_the_key_subscribes_and_unsubscribes() throws Exception {
    HttpResponse<String> key =
        send(request("/v1/push/key?writeKey=shop-key").header("Origin", "https://shop.example"));
    assertThat(key.statusCode()).isEqualTo(200);
    assertThat(key.body()).contains(KEYS.publicKey()).doesNotContain(KEYS.privateKey());
    assertThat(key.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example");

    assertThat(post("subscribe", body(subscription("a"), "shop-key", browser)).statusCode())
        .isEqualTo(200);
    assertThat(rows()).isEqualTo(1);
    assertThat(EVENTS).extracting(Event::name).containsExactly("Consent Granted");

    HttpResponse<String> out =
        post(
            "unsubscribe",
            """
            {"writeKey": "shop-key", "anonymousId": "%s", "endpoint": "%s", "wording": "No"}"""
                .formatted(browser, Browsers.endpoint("a")));
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(rows()).isZero();
    assertThat(EVENTS).hasSize(3);
  }

  @Test
  void what_is_wrong_is_told_and_nothing_is_kept() throws Exception {
    refuses(401, "write key", body(subscription("a"), "nobody's", browser));
    refuses(403, "origin", body(subscription("a"), "blog-key", browser));
    refuses(400, "anonymousId", body(subscription("a"), "shop-key", "telegram:42"));
    refuses(400, "no JSON", "{");
    refuses(413, "8 KB", " ".repeat(9000));
    refuses(400, "keys.p256dh", body("{}", "shop-key", browser));
    refuses(
        400,
        "ripen.push.services",
        body(Browsers.json("https://169.254.169.254/latest"), "shop-key", browser));
    refuses(
        400,
        "ripen.push.services",
        body(Browsers.json("http://fcm.googleapis.com/x"), "shop-key", browser));
    refuses(
        409,
        "subscribe anew",
        body(subscription("a"), "shop-key", browser).replace(KEYS.publicKey(), "former"));
    refuses(
        400,
        "purpose",
        body(subscription("a"), "shop-key", browser).replace("marketing", "anything"));
    assertThat(rows()).isZero();
    assertThat(EVENTS).isEmpty();
  }

  @Test
  void words_that_postgresql_would_not_take_lose_nobodys_subscription() throws Exception {
    String broken =
        body(subscription("a"), "shop-key", browser)
            .replace("Tell me", "\\ud83d " + "a".repeat(600));
    assertThat(post("subscribe", broken).statusCode()).isEqualTo(200);
    assertThat(EVENTS.getFirst().properties().path("wording").asString())
        .startsWith("? aaa")
        .hasSize(500);
    refuses(400, "zero byte", broken.replace("ud83d", "u0000"));
    String endpoint =
        """
        {"writeKey": "shop-key", "anonymousId": "%s", "endpoint": "\\u0000"}"""
            .formatted(browser);
    assertThat(post("unsubscribe", endpoint).statusCode()).isEqualTo(400);
  }

  @Test
  void a_browser_tells_what_came() throws Exception {
    String url = links.delivered("7.lead");
    assertThat(url).startsWith("https://go.example.com/v1/push/delivered/");
    assertThat(post("delivered/" + Links.token(url), "").statusCode()).isEqualTo(200);
    assertThat(INBOUND)
        .singleElement()
        .matches(told -> told instanceof Inbound.Delivered d && "7.lead".equals(d.messageId()));
    assertThat(post("delivered/forged", "").statusCode()).isEqualTo(404);
  }

  private void refuses(int status, String why, String body) throws Exception {
    HttpResponse<String> answer = post("subscribe", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why).doesNotContain("BTBZMqHH6r4Tts7J");
  }

  private static String subscription(String device) {
    return Browsers.json(Browsers.endpoint(device));
  }

  private static String body(String subscription, String writeKey, String browser) {
    return """
        {"writeKey": "%s", "anonymousId": "%s", "key": "%s", "subscription": %s, "asked": true,
         "purpose": "marketing", "wording": "Tell me", "url": "https://shop.example/"}"""
        .formatted(writeKey, browser, KEYS.publicKey(), subscription);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  /** As the script does: as text, so that no browser asks first. */
  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        request("/v1/push/" + path)
            .header("Origin", "https://shop.example")
            .header("Content-Type", "text/plain;charset=UTF-8")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private int rows() {
    return jdbc.sql("select count(*) from push_subscription").query(Integer.class).single();
  }

  /** The door and its table. No stereotype, so that nobody's component scan finds it. */
  @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
  @EnableConfigurationProperties(RipenProperties.class)
  @ComponentScan({"io.ripen.engine.events", "io.ripen.engine.tracking", "io.ripen.engine.push"})
  static class Application {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    DataSource dataSource() {
      return TestDatabase.migrated();
    }

    @Bean
    SignedLinks links(Clock clock) {
      return Links.signedAt(clock);
    }

    @Bean
    EventOutbox outbox() {
      return EVENTS::add;
    }

    @Bean
    Listener.Sink inbound() {
      return INBOUND::addAll;
    }
  }
}
