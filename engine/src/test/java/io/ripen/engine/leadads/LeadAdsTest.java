package io.ripen.engine.leadads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.leadads.LeadAdsProperties.Kind;
import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import io.ripen.engine.testing.FakeEventPublisher;
import java.net.URI;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class LeadAdsTest {

  /** As in Google's documentation of the webhook. */
  private static final String GOOGLE =
      """
      {"lead_id": "lead-1", "api_version": "1.0", "form_id": 40, "campaign_id": 70,
       "google_key": "%s", "is_test": %s, "gcl_id": "click-1", "adgroup_id": 20, "creative_id": 30,
       "user_column_data": [
         {"column_name": "Full Name", "string_value": "Anna Kiss", "column_id": "FULL_NAME"},
         {"column_name": "User Email", "string_value": "anna@example.com", "column_id": "EMAIL"},
         {"column_name": "User Phone", "string_value": "030 123456", "column_id": "PHONE_NUMBER"},
         {"column_name": "What vehicle are you interested in?", "string_value": "Bus",
          "column_id": "vehicle"}]}""";

  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final ContactIds ids = new ContactIds("k".repeat(32).getBytes(UTF_8));
  private final FakeGraphApi graph = new FakeGraphApi("token-1");
  private MockMvc server;

  @BeforeEach
  void start() {
    Map<String, Platform> platforms =
        Map.of(
            "google-ads", platform(Kind.GOOGLE, "cpc"),
            "facebook", platform(Kind.META, "paid_social"),
            "fair", platform(Kind.JSON, "event"),
            "google-form-40", agreedIn("40", Kind.GOOGLE),
            "fair-form-40", agreedIn("40", Kind.JSON));
    var json = new EventJson();
    server =
        MockMvcBuilders.standaloneSetup(
                new LeadAdsController(
                    platforms,
                    new MetaLeads(),
                    new TellLead(ids, json, kafka, Clock.systemUTC()),
                    json))
            .build();
  }

  @AfterEach
  void stop() {
    graph.close();
  }

  private Platform platform(Kind kind, String medium) {
    List<String> consent =
        kind == Kind.META ? List.of("Email:marketing", "sms:newsletter") : List.of();
    return new Platform(
        kind,
        "secret-1",
        "verify-1",
        "token-1",
        graph.url(),
        medium,
        "de",
        consent,
        consent.isEmpty() ? List.of() : List.of("12"),
        consent.isEmpty() ? null : "Yes, write to me");
  }

  private static Platform agreedIn(String form, Kind kind) {
    return platform(
        kind, "secret-1", List.of("email:marketing"), List.of(form), "Yes, write to me");
  }

  private static Platform google(
      String key, List<String> consent, List<String> forms, @Nullable String wording) {
    return platform(Kind.GOOGLE, key, consent, forms, wording);
  }

  private static Platform platform(
      Kind kind, String key, List<String> consent, List<String> forms, @Nullable String wording) {
    URI url = URI.create("https://a.example");
    return new Platform(kind, key, null, null, url, "cpc", null, consent, forms, wording);
  }

  @Test
  void a_lead_of_google_is_a_form_that_was_sent_and_no_visit() throws Exception {
    server.perform(google(GOOGLE.formatted("secret-1", false))).andExpect(status().isOk());

    Event event = kafka.published().getFirst();
    assertThat(event.name()).isEqualTo("Form Submitted");
    assertThat(event.messageId()).startsWith("lead-ad-").doesNotContain("lead-1");
    assertThat(event.anonymousId()).isEqualTo(ids.ofEmail("anna@example.com"));
    assertThat(event.context().path("traits").toString())
        .isEqualTo(
            "{\"name\":\"Anna Kiss\",\"email\":\"anna@example.com\",\"phone\":\"+4930123456\"}");
    assertThat(event.context().path("channel").asString()).isEqualTo("import");
    assertThat(event.context().path("campaign").toString())
        .isEqualTo(
            "{\"source\":\"google-ads\",\"medium\":\"cpc\",\"name\":\"70\",\"gclid\":\"click-1\"}");
    assertThat(event.properties().path("vehicle").asString()).isEqualTo("Bus");
    assertThat(event.properties().path("gcl_id").asString()).isEqualTo("click-1");
    assertThat(event.properties().has("google_key")).isFalse();
  }

  @Test
  void told_twice_it_is_the_same_event() throws Exception {
    server.perform(google(GOOGLE.formatted("secret-1", false)));
    server.perform(google(GOOGLE.formatted("secret-1", false)));

    assertThat(kafka.published().stream().map(Event::messageId).distinct()).hasSize(1);
  }

  @Test
  void a_test_of_google_is_answered_and_no_lead() throws Exception {
    server.perform(google(GOOGLE.formatted("secret-1", true))).andExpect(status().isOk());
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void whoever_does_not_know_the_key_tells_nothing() throws Exception {
    server.perform(google(GOOGLE.formatted("guessed", false))).andExpect(status().isUnauthorized());
    server
        .perform(json("fair", "{\"lead_id\": \"1\", \"email\": \"a@b.example\"}"))
        .andExpect(status().isUnauthorized());
    server
        .perform(json("facebook", graph.webhook("1")).header("X-Hub-Signature-256", "sha256=00"))
        .andExpect(status().isUnauthorized());
    server.perform(json("unknown", "{}")).andExpect(status().isNotFound());
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void any_other_platform_sends_one_object() throws Exception {
    server
        .perform(
            json(
                    "fair",
                    "{\"lead_id\": \"7\", \"Phone number\": \"+36 1 299 0000\", \"first_name\": \"Agi\", \"stand\": 4, \"tags\": [1]}")
                .header("X-Ripen-Key", "secret-1"))
        .andExpect(status().isOk());

    Event event = kafka.published().getFirst();
    assertThat(event.anonymousId()).isEqualTo(ids.ofPhone("+3612990000"));
    assertThat(event.context().at("/traits/firstName").asString()).isEqualTo("Agi");
    assertThat(event.properties().path("stand").asString()).isEqualTo("4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'lead_id': '1', 'first_name': 'Agi'} | neither an e-mail address nor a phone number",
        "{'email': 'a@b.example'} | lead_id is ''",
        "[] | no JSON object",
        "{ | not JSON",
      })
  void what_is_no_lead_is_refused_with_the_reason(String body, String reason) throws Exception {
    String message =
        server
            .perform(json("fair", body.replace('\'', '"')).header("X-Ripen-Key", "secret-1"))
            .andExpect(status().isBadRequest())
            .andReturn()
            .getResponse()
            .getContentAsString();

    assertThat(message).contains(reason);
  }

  @Test
  void what_kafka_does_not_take_is_told_again() throws Exception {
    kafka.fails();
    server
        .perform(google(GOOGLE.formatted("secret-1", false)))
        .andExpect(status().isServiceUnavailable());
  }

  @Test
  void meta_is_told_that_we_are_there() throws Exception {
    server
        .perform(verification("verify-1"))
        .andExpect(status().isOk())
        .andExpect(content().string("1158201444"));
    server.perform(verification("guessed")).andExpect(status().isForbidden());
  }

  @Test
  void a_lead_that_meta_tells_the_id_of_is_fetched() throws Exception {
    graph.knows("444", "full_name", "Joe Example", "email", "joe@example.com", "size", "12");
    server.perform(meta(graph.webhook("444"))).andExpect(status().isOk());

    Event event = kafka.published().getFirst();
    assertThat(event.messageId()).startsWith("lead-ad-").doesNotContain("444");
    assertThat(event.anonymousId()).isEqualTo(ids.ofEmail("joe@example.com"));
    assertThat(event.context().at("/campaign/medium").asString()).isEqualTo("paid_social");
    assertThat(event.properties().path("size").asString()).isEqualTo("12");
  }

  @Test
  void a_lead_that_meta_does_not_hand_out_is_told_again() throws Exception {
    server.perform(meta(graph.webhook("999"))).andExpect(status().isServiceUnavailable());
    graph.close();
    server.perform(meta(graph.webhook("444"))).andExpect(status().isServiceUnavailable());
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void one_that_cannot_be_a_lead_holds_no_other_back() throws Exception {
    graph.knows("1", "full_name", "Nobody");
    graph.knows("2", "email", "joe@example.com");
    server.perform(meta(graph.webhook("1", "2"))).andExpect(status().isOk());

    assertThat(kafka.published())
        .extracting(Event::name)
        .containsExactly("Form Submitted", "Consent Granted");
  }

  @Test
  void a_platform_without_its_key_stops_the_start() {
    Platform keyless = google(" ", List.of(), List.of(), null);
    assertThatThrownBy(() -> LeadAdsConfiguration.check("google-ads", keyless))
        .hasMessageContaining("ripen.lead-ads.google-ads.key is missing");
    assertThatThrownBy(
            () ->
                LeadAdsConfiguration.check(
                    "facebook",
                    new Platform(
                        Kind.META,
                        "k",
                        "v",
                        null,
                        URI.create("https://a.example"),
                        "cpc",
                        null,
                        List.of(),
                        List.of(),
                        null)))
        .hasMessageContaining("ripen.lead-ads.facebook.access-token is missing");
  }

  @Test
  void what_people_agree_to_there_is_told_for_the_address_that_came_with_the_lead()
      throws Exception {
    graph.knows("444", "email", "joe@example.com", "phone_number", "030 901820");
    graph.knows("445", "email", "ann@example.com", "phone_number", "later");
    server.perform(meta(graph.webhook("444", "445", "444"))).andExpect(status().isOk());

    assertThat(kafka.published().getFirst().name()).isEqualTo("Form Submitted");
    List<Event> consents =
        kafka.published().stream().filter(each -> each.name().equals("Consent Granted")).toList();
    assertThat(consents.stream().map(Event::messageId).distinct()).hasSize(3);
    assertThat(
            consents.stream()
                .map(each -> each.properties() + " for " + each.context().path("traits"))
                .distinct())
        .containsExactlyInAnyOrder(
            proof("email", "marketing") + " for {\"email\":\"joe@example.com\"}",
            proof("sms", "newsletter") + " for {\"phone\":\"+4930901820\"}",
            proof("email", "marketing") + " for {\"email\":\"ann@example.com\"}");
    assertThat(consents)
        .allSatisfy(
            each ->
                assertThat(each.anonymousId())
                    .isIn(ids.ofEmail("joe@example.com"), ids.ofEmail("ann@example.com")));
  }

  private static String proof(String channel, String purpose) {
    return "{\"form\":\"facebook\",\"channel\":\"%s\",\"purpose\":\"%s\",\"wording\":\"Yes, write to me\"}"
        .formatted(channel, purpose);
  }

  /** One webhook of Meta's tells of the leads of all forms of all pages of an app. */
  @Test
  void a_lead_of_a_form_that_is_not_named_agreed_to_nothing() throws Exception {
    graph.knowsOfForm("13", "444", "email", "joe@example.com", "form_id", "12");
    graph.knowsOfForm("", "445", "email", "ann@example.com", "form_id", "12");
    server.perform(meta(graph.webhook("444", "445"))).andExpect(status().isOk());

    assertThat(kafka.published())
        .extracting(Event::name)
        .containsExactly("Form Submitted", "Form Submitted");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "true, 1, 2", "1, '', 1", "0, 1, 1", "false, false, 1"})
  void whoever_left_a_box_of_the_form_empty_agreed_to_nothing(
      String first, String second, int events) throws Exception {
    graph.knows("444", "email", "joe@example.com");
    graph.knowsBox("444", "news", first);
    graph.knowsBox("444", "more", second);
    server.perform(meta(graph.webhook("444"))).andExpect(status().isOk());

    assertThat(kafka.published()).hasSize(events);
  }

  @ParameterizedTest
  @CsvSource({"40, 2", "\"40\", 2", "41, 1", "null, 1"})
  void google_tells_the_form_as_well(String form, int events) throws Exception {
    String body =
        GOOGLE.formatted("secret-1", false).replace("\"form_id\": 40", "\"form_id\": " + form);
    server.perform(json("google-form-40", body)).andExpect(status().isOk());

    assertThat(kafka.published()).hasSize(events);
  }

  @ParameterizedTest
  @CsvSource({"40, 2", "41, 1"})
  void any_other_platform_can_tell_the_form_as_well(String form, int events) throws Exception {
    server
        .perform(
            json(
                    "fair-form-40",
                    "{\"lead_id\": \"7\", \"email\": \"agi@example.com\", \"form_id\": \"%s\"}"
                        .formatted(form))
                .header("X-Ripen-Key", "secret-1"))
        .andExpect(status().isOk());

    assertThat(kafka.published()).hasSize(events);
  }

  @Test
  void where_nothing_is_set_nobody_agreed() throws Exception {
    server.perform(google(GOOGLE.formatted("secret-1", false))).andExpect(status().isOk());
    assertThat(kafka.published()).extracting(Event::name).containsExactly("Form Submitted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email",
        "fax:marketing",
        "email:transactional",
        "email:marketing:more",
        "push:newsletter"
      })
  void a_consent_that_is_none_stops_the_start(String consent) {
    assertThatThrownBy(
            () ->
                LeadAdsConfiguration.check(
                    "ads", google("k", List.of(consent), List.of("40"), "Yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ripen.lead-ads.ads.consent is '%s' (expected: email or sms, and marketing or newsletter, such as email:marketing)",
            consent);
  }

  @Test
  void a_consent_needs_the_words_that_were_agreed_to_and_the_forms_that_they_stand_in() {
    List<String> consent = List.of("email:marketing");
    List<String> forms = List.of("40");
    for (Platform part :
        List.of(
            google("k", consent, forms, null),
            google("k", consent, forms, " "),
            google("k", consent, List.of(), "Yes"),
            google("k", consent, List.of(" "), "Yes"),
            google("k", List.of(), forms, null),
            google("k", List.of(), forms, "Yes"),
            google("k", List.of(), List.of(), "Yes"))) {
      assertThatThrownBy(() -> LeadAdsConfiguration.check("ads", part))
          .hasMessageContaining("ripen.lead-ads.ads.consent-wording go together");
    }
    LeadAdsConfiguration.check("ads", google("k", consent, forms, "Yes"));
    LeadAdsConfiguration.check("ads", google("k", List.of(), List.of(), null));
  }

  private static MockHttpServletRequestBuilder google(String body) {
    return json("google-ads", body);
  }

  private static MockHttpServletRequestBuilder meta(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret-1".getBytes(UTF_8), "HmacSHA256"));
    String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    return json("facebook", body).header("X-Hub-Signature-256", "sha256=" + signature);
  }

  private static MockHttpServletRequestBuilder json(String source, String body) {
    return post("/hooks/leads/" + source).contentType(MediaType.APPLICATION_JSON).content(body);
  }

  private static MockHttpServletRequestBuilder verification(String token) {
    return get("/hooks/leads/facebook")
        .param("hub.mode", "subscribe")
        .param("hub.verify_token", token)
        .param("hub.challenge", "1158201444");
  }
}
