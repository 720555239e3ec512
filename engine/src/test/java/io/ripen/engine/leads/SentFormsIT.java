package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Forms from the page over HTTP and Kafka to leads in PostgreSQL. */
@SpringBootTest(
    classes = SentFormsIT.Forms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "ripen.public-url=https://ripen.example",
      "ripen.signing-key=0123456789abcdef0123456789abcdef",
      "ripen.bpmn=../bpmn",
      "ripen.sites.shop.write-key=shop-key",
      "ripen.sites.shop.origins=https://shop.example",
      "ripen.contacts.check-domains=false",
      "ripen.forms.per-minute=8",
      "ripen.forms.quickest=1m",
      "ripen.events.ack-timeout=30s",
      "ripen.trusted-proxies=127.0.0.1,::1",
      "camunda.client.enabled=false"
    })
@ActiveProfiles("engine")
class SentFormsIT {

  private static final EmbeddedKafkaBroker KAFKA = startKafka();
  private static int senders;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Intake intake = new Intake(TestDatabase.migrated(), Clock.systemUTC());
  private final String sender = "192.0.2." + ++senders;

  @Autowired private Moving clock;

  @LocalServerPort int port;

  private final Map<TopicPartition, Long> before = new HashMap<>();

  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @EnableConfigurationProperties(RipenProperties.class)
  @ComponentScan({
    "io.ripen.engine.events",
    "io.ripen.engine.contacts",
    "io.ripen.engine.tracking",
    "io.ripen.engine.forms",
    "io.ripen.engine.leadads",
    "io.ripen.engine.proxies"
  })
  static class Forms {

    @Bean
    Moving clock() {
      return new Moving();
    }
  }

  @DynamicPropertySource
  static void kafka(DynamicPropertyRegistry registry) {
    registry.add("spring.kafka.bootstrap-servers", KAFKA::getBrokersAsString);
  }

  private static EmbeddedKafkaBroker startKafka() {
    var kafka = new EmbeddedKafkaKraftBroker(1, 1);
    kafka.afterPropertiesSet();
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::destroy));
    return kafka;
  }

  @BeforeEach
  void nothingYet() {
    read((consumer, partitions) -> before.putAll(consumer.endOffsets(partitions)));
  }

  @Test
  void a_hosted_page_works_without_a_script_and_makes_a_lead_with_proof_of_consent()
      throws Exception {
    Map<String, String> filled = open("/forms/contact?lang=hu");
    filled.putAll(
        Map.of(
            "firstName", "Anna",
            "email", "anna@example.com",
            "phone", "+36 1 299 0000",
            "topic", "order",
            "message", "Hol a csomagom?",
            "news", "true"));
    HttpResponse<String> answer = submit("contact", filled);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Jsoup.parse(answer.body()).select("[role=status]").text()).startsWith("Köszönjük!");
    UUID lead = lead();
    assertThat(intake.lead(lead))
        .containsEntry("stage", "LEAD")
        .containsEntry("email", "anna@example.com")
        .containsEntry("phone", "+3612990000")
        .containsEntry("first_name", "Anna")
        .containsEntry("locale", "hu");
    assertThat(intake.signals()).contains("stage.lead", "contact.requested");
    ConsentChange consent = intake.consents.getFirst();
    assertThat(consent.purpose()).isEqualTo("marketing");
    JsonNode proof = consent.proof();
    assertThat(proof.path("wording").asString())
        .isEqualTo(
            "Igen, híreket és ajánlatokat is küldhetnek e-mailben. Hozzájárulásomat bármikor visszavonhatom.");
    assertThat(proof.path("form").asString()).isEqualTo("contact");
    assertThat(proof.path("version").asString()).matches("[0-9a-f]{12}");
    assertThat(proof.path("url").asString()).endsWith("/forms/contact");
    assertThat(proof.path("ip").asString()).isEqualTo(sender);
  }

  @Test
  void a_form_on_a_site_joins_the_visitor_and_asks_for_the_newsletter_once_however_often_sent()
      throws Exception {
    intake.take(Happening.page("/prices").by("visitor-1"));
    Map<String, String> filled = begin("newsletter");
    filled.putAll(Map.of("email", "agi@example.com", "letters", "true", "_visitor", "visitor-1"));
    HttpResponse<String> first = asSite("newsletter", filled);
    HttpResponse<String> second = asSite("newsletter", filled);

    assertThat(List.of(first.statusCode(), second.statusCode())).containsExactly(200, 200);
    assertThat(first.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example");
    assertThat(json(first).path("thanks").asString()).startsWith("Almost there!");
    take();
    assertThat(intake.count("lead")).isEqualTo(1);
    assertThat(intake.lead(intake.visitor("visitor-1"))).containsEntry("email", "agi@example.com");
    assertThat(intake.signals()).containsOnlyOnce("subscription.requested");
    assertThat(intake.consents).isEmpty();
    assertThat(intake.count("event")).isEqualTo(3);
  }

  @Test
  void texts_are_asked_for_and_all_that_is_allowed_is_to_be_asked_to_confirm() throws Exception {
    Map<String, String> filled = begin("text-messages");
    filled.putAll(Map.of("phone", "+36 30 123 4567", "texts", "true"));
    assertThat(asSite("text-messages", filled).statusCode()).isEqualTo(200);

    assertThat(intake.lead(lead())).containsEntry("phone", "+36301234567");
    assertThat(intake.signals())
        .contains("texts.requested")
        .doesNotContain("texts.agreed", "consent.given", "subscription.requested");
    assertThat(intake.consents)
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.channel() + "/" + asked.purpose()).isEqualTo("sms/confirmation");
              assertThat(asked.proof().path("wording").asString())
                  .startsWith("Yes, send me offers by automated text message");
              assertThat(asked.proof().path("form").asString()).isEqualTo("text-messages");
              assertThat(asked.proof().path("ip").asString()).isNotBlank();
            });

    filled.put("phone", "+36 1 299 0000");
    assertThat(asSite("text-messages", filled).statusCode()).isEqualTo(422);
  }

  @Test
  void the_file_is_asked_for() throws Exception {
    Map<String, String> filled = begin("lead-magnet");
    filled.putAll(Map.of("email", "zoe@example.com"));
    asSite("lead-magnet", filled);

    lead();
    assertThat(intake.signals()).contains("magnet.requested");
    assertThat(intake.signals()).doesNotContain("subscription.requested");
  }

  @Test
  void what_is_wrong_is_said_beside_the_fields_and_what_was_typed_stays() throws Exception {
    Map<String, String> filled = open("/forms/contact");
    filled.putAll(Map.of("firstName", "<b>Anna</b>", "email", "anna@", "phone", "12"));
    HttpResponse<String> answer = submit("contact", filled);

    assertThat(answer.statusCode()).isEqualTo(422);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.getElementById("field-firstName").val()).isEqualTo("<b>Anna</b>");
    assertThat(page.getElementById("error-email").text()).contains("not an e-mail address");
    assertThat(page.getElementById("error-phone").text()).contains("not a phone number");
    assertThat(page.getElementById("error-topic").text()).contains("choose one");
    HttpResponse<String> site = asSite("contact", filled);
    assertThat(site.statusCode()).isEqualTo(422);
    assertThat(json(site).path("errors").propertyNames())
        .containsExactlyInAnyOrder("email", "phone", "topic", "message");
    assertThat(newRecords()).isEmpty();
  }

  @Test
  void programs_are_answered_as_people_are_and_nothing_is_kept() throws Exception {
    Map<String, String> trapped = begin("newsletter");
    trapped.putAll(Map.of("email", "bot@example.com", "letters", "true", "_subject", "Pills"));
    assertThat(asSite("newsletter", trapped).statusCode()).isEqualTo(200);

    Map<String, String> hasty = new LinkedHashMap<>();
    hasty.put("_token", token("newsletter"));
    hasty.putAll(Map.of("email", "bot@example.com", "letters", "true"));
    assertThat(asSite("newsletter", hasty).statusCode()).isEqualTo(200);

    assertThat(newRecords()).isEmpty();
  }

  @Test
  void who_sends_too_often_is_told_when_to_come_again() throws Exception {
    Map<String, String> filled = begin("newsletter");
    HttpResponse<String> answer = asSite("newsletter", filled);
    for (int i = 0; i < 60 && answer.statusCode() != 429; i++) {
      answer = asSite("newsletter", filled);
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
    assertThat(json(answer).path("message").asString()).contains("very often");
  }

  @Test
  void a_form_that_stood_open_for_days_gets_another_token() throws Exception {
    Map<String, String> filled = begin("newsletter");
    filled.putAll(Map.of("email", "late@example.com", "letters", "true"));
    clock.offset = clock.offset.plus(Duration.ofDays(2));
    HttpResponse<String> answer = asSite("newsletter", filled);
    assertThat(answer.statusCode()).isEqualTo(409);

    filled.put("_token", json(answer).path("token").asString());
    clock.offset = clock.offset.plusMinutes(2);
    assertThat(asSite("newsletter", filled).statusCode()).isEqualTo(200);
    assertThat(newRecords()).hasSize(2);
  }

  @Test
  void no_tick_beside_other_words_stands_in_a_form_that_changed() throws Exception {
    Map<String, String> filled = open("/forms/newsletter");
    filled.putAll(Map.of("email", "agi@example.com", "letters", "true"));
    String now = filled.put("_version", "of yesterday");
    clock.offset = clock.offset.plus(Duration.ofDays(2));
    HttpResponse<String> answer = submit("newsletter", filled);

    assertThat(answer.statusCode()).isEqualTo(409);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.getElementById("error-").text()).contains("has changed");
    assertThat(page.getElementById("field-email").val()).isEqualTo("agi@example.com");
    assertThat(page.getElementById("field-letters").hasAttr("checked")).isFalse();
    assertThat(page.select("[name=_version]").val()).isEqualTo(now);

    filled.put("_version", now);
    assertThat(
            Jsoup.parse(submit("newsletter", filled).body())
                .getElementById("field-letters")
                .hasAttr("checked"))
        .as("it is old, and the words are the same")
        .isTrue();
    assertThat(newRecords()).isEmpty();
  }

  @Test
  void a_page_of_a_stranger_may_not_send_forms() throws Exception {
    HttpRequest request =
        request("/forms/newsletter")
            .header("Origin", "https://stranger.example")
            .POST(BodyPublishers.ofString("email=a"))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("ripen.sites.<name>.origins");
  }

  @Test
  void the_script_is_kept_until_it_changes() throws Exception {
    HttpResponse<String> script = get("/forms/newsletter.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    String tag = script.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).as("Tomcat packs nothing that has a strong one").startsWith("W/");
    assertThat(script.headers().firstValue("Cache-Control"))
        .as("a page never has the words of a minute ago")
        .hasValue("no-cache, public");
    for (String known : List.of(tag, "\"other\", " + tag, tag.replaceFirst("\"$", "-gzip\""))) {
      HttpRequest again = request("/forms/newsletter.js").header("If-None-Match", known).build();
      HttpResponse<String> same = http.send(again, BodyHandlers.ofString());
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
    }
    assertThat(get("/forms/nothing.js").statusCode()).isEqualTo(404);
    assertThat(get("/forms/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void a_page_may_be_framed_by_sites_and_by_nobody_else() throws Exception {
    assertThat(get("/forms/newsletter").headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).endsWith("frame-ancestors 'self' https://shop.example"));
  }

  /** The page's own fields, as a browser would send them after some seconds. */
  private Map<String, String> open(String path) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    Jsoup.parse(get(path).body())
        .select("input[type=hidden]")
        .forEach(input -> fields.put(input.attr("name"), input.val()));
    clock.offset = clock.offset.plusMinutes(2);
    return fields;
  }

  private Map<String, String> begin(String form) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("_token", token(form));
    fields.put("_lang", "en");
    fields.put("_url", "https://shop.example/letters");
    clock.offset = clock.offset.plusMinutes(2);
    return fields;
  }

  private String token(String form) throws Exception {
    return json(get("/forms/" + form + "/token")).path("token").asString();
  }

  private HttpResponse<String> submit(String form, Map<String, String> fields) throws Exception {
    return http.send(posting(form, fields).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> asSite(String form, Map<String, String> fields) throws Exception {
    HttpRequest request =
        posting(form, fields)
            .header("Origin", "https://shop.example")
            .header("Accept", "application/json")
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder posting(String form, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return request("/forms/" + form)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("X-Forwarded-For", sender)
        .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0")
        .timeout(Duration.ofSeconds(60));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Applies what is new on the topic, and gives the lead that it made. */
  private UUID lead() {
    take();
    return intake.jdbc.sql("select id from lead").query(UUID.class).single();
  }

  private void take() {
    intake.take(newRecords());
  }

  /** What came since the test began, of each partition in its order. */
  private List<byte[]> newRecords() {
    List<byte[]> records = new ArrayList<>();
    read(
        (consumer, partitions) -> {
          long left =
              consumer.endOffsets(partitions).entrySet().stream()
                  .mapToLong(end -> end.getValue() - before.get(end.getKey()))
                  .sum();
          partitions.forEach(partition -> consumer.seek(partition, before.get(partition)));
          while (records.size() < left) {
            consumer.poll(Duration.ofSeconds(1)).forEach(record -> records.add(record.value()));
          }
        });
    return records;
  }

  private static void read(
      BiConsumer<KafkaConsumer<byte[], byte[]>, List<TopicPartition>> reading) {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.getBrokersAsString());
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(EventTopics.EVENTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      reading.accept(consumer, partitions);
    }
  }

  /** The true time and what a test adds to it. */
  static final class Moving extends Clock {

    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
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
