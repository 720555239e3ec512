package io.ripen.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.testing.FakeEventPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubmitFormTest {

  private static final Instant SHOWN = Instant.parse("2026-03-01T10:00:00Z");
  private static final FormWords WORDS = FormWords.in("en");

  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FormTokens tokens = new FormTokens("k".repeat(32), new Random(1));
  private final Moving clock = new Moving();
  private final SubmitForm submitForm =
      new SubmitForm(
          new SubmitForm.Guards(
              tokens,
              new SenderLimit(3, Duration.ofMinutes(1), clock),
              new SenderLimit(100, Duration.ofHours(1), clock),
              new SenderLimit(2, Duration.ofHours(1), clock),
              new FormMetrics(meters),
              Duration.ofSeconds(2),
              Duration.ofHours(24)),
          new CheckValues(MailDomains.believed()),
          new FormEvents(new EventJson()),
          kafka,
          clock);

  private final LeadForm form =
      Drawn.form(
          """
          {"type": "textfield", "id": "f", "key": "firstName", "label": "First name"}""",
          Drawn.EMAIL,
          """
          {"type": "checkbox", "id": "m", "key": "news", "label": "Yes, write to me",
           "properties": {"consent": "marketing"}}""",
          """
          {"type": "checkbox", "id": "l", "key": "letters", "label": "And letters",
           "properties": {"consent": "newsletter", "doubleOptIn": "true"}}""",
          """
          {"type": "radio", "id": "q", "key": "question.topic", "label": "Topic",
           "values": [{"label": "Prices", "value": "prices"}]}""",
          """
          {"type": "number", "id": "n", "key": "people", "label": "People"}""",
          """
          {"type": "button", "id": "s", "label": "Send", "properties": {
            "event": "Lead Magnet Requested", "magnet": "tea-guide", "thanks": "Soon!"}}""");

  private final String token = tokens.issue("test", SHOWN);

  @Test
  void a_form_becomes_who_sent_it_what_they_allowed_and_what_they_asked_for() {
    assertThat(submit(filled())).isEqualTo(new Answer.Thanks("Soon!"));

    assertThat(kafka.published())
        .extracting(Event::name)
        .containsExactly(
            "Form Submitted",
            "Consent Granted",
            "Subscription Requested",
            "Question Answered",
            "Lead Magnet Requested");
    Event submitted = kafka.published().getFirst();
    assertThat(submitted.anonymousId()).isEqualTo("visitor-1");
    assertThat(submitted.site()).isEqualTo("shop");
    assertThat(submitted.context().path("traits").toString())
        .isEqualTo("{\"firstName\":\"Anna\",\"email\":\"anna@example.com\"}");
    assertThat(submitted.context().at("/page/path").asString()).isEqualTo("/guides");
    assertThat(submitted.properties().toString())
        .isEqualTo(
            "{\"form\":\"test\",\"version\":\"%s\",\"question.topic\":\"prices\",\"people\":3}"
                .formatted(form.version()));
    Event consent = kafka.published().get(1);
    assertThat(consent.properties().path("wording").asString()).isEqualTo("Yes, write to me");
    assertThat(consent.properties().path("version").asString()).isEqualTo(form.version());
    assertThat(consent.context().path("ip").asString()).isEqualTo("192.0.2.1");
    assertThat(kafka.published().get(3).properties().path("question").asString())
        .isEqualTo("topic");
    assertThat(kafka.published().getLast().properties().path("magnet").asString())
        .isEqualTo("tea-guide");
  }

  @Test
  void texts_are_asked_for_and_not_allowed_yet_and_no_number_is_flooded() {
    LeadForm texts = Drawn.form(Drawn.EMAIL, Drawn.PHONE, Drawn.TEXTS, Drawn.BUTTON);
    assertThat(submit(texts, "anna@example.com")).isInstanceOf(Answer.Thanks.class);
    assertThat(kafka.published())
        .extracting(Event::name)
        .containsExactly("Form Submitted", "Text Messages Requested");
    Event asked = kafka.published().getLast();
    assertThat(asked.properties().path("wording").asString()).isEqualTo("Yes, text me offers");
    assertThat(asked.properties().path("channel").asString()).isEqualTo("sms");

    assertThat(submit(texts, "bea@example.com")).isInstanceOf(Answer.Thanks.class);
    assertThat(submit(texts, "cecil@example.com")).isInstanceOf(Answer.TooOften.class);
    assertThat(kafka.published()).hasSize(4);
  }

  private Answer submit(LeadForm texts, String email) {
    clock.now = SHOWN.plusSeconds(30);
    Map<String, String[]> told = new HashMap<>();
    told.put("email", new String[] {email});
    told.put("phone", new String[] {"06 30 123 4567"});
    told.put("texts", new String[] {"true"});
    told.put("_token", new String[] {token});
    return submitForm.submit(
        texts, Sent.of(told, "shop", "192.0.2." + email.length(), "Mozilla"), WORDS);
  }

  @Test
  void what_is_not_ticked_is_not_allowed() {
    Map<String, String[]> told = filled();
    told.keySet().removeAll(List.of("news", "letters", "question.topic"));
    submit(told);

    assertThat(kafka.published())
        .extracting(Event::name)
        .containsExactly("Form Submitted", "Lead Magnet Requested");
  }

  @Test
  void nobody_agrees_to_words_that_they_have_not_seen() {
    Map<String, String[]> before = filled();
    before.put("_version", new String[] {"of yesterday"});
    assertThat(submit(before)).isEqualTo(changed());
    assertThat(kafka.published()).isEmpty();
    clock.now = SHOWN.plus(Duration.ofHours(25));
    assertThat(submit(before)).as("its age is no excuse").isEqualTo(changed());
    clock.now = SHOWN.plusSeconds(30);
    before.put("_version", new String[] {form.version()});
    assertThat(submit(before)).isEqualTo(new Answer.Thanks("Soon!"));
  }

  @Test
  void pressed_twice_it_is_the_same_and_changed_it_is_another() {
    submit(filled());
    submit(filled());
    assertThat(kafka.published()).extracting(Event::messageId).hasSize(10);
    assertThat(kafka.published().stream().map(Event::messageId).distinct()).hasSize(5);

    Map<String, String[]> changed = filled();
    changed.put("email", new String[] {"agi@example.com"});
    submit(changed);
    assertThat(kafka.published().stream().map(Event::messageId).distinct()).hasSize(10);
  }

  @Test
  void a_visitor_whom_no_tracker_knows_is_somebody_new() {
    Map<String, String[]> told = filled();
    told.remove("_visitor");
    submit(told);

    assertThat(kafka.published())
        .extracting(Event::anonymousId)
        .containsOnly(kafka.published().getFirst().messageId());
  }

  @Test
  void programs_are_thanked_and_not_kept() {
    Map<String, String[]> trapped = filled();
    trapped.put("_subject", new String[] {"Buy pills"});
    assertThat(submit(trapped)).isEqualTo(new Answer.Thanks("Soon!"));

    trapped.put("_subject", new String[] {"Buy pills".repeat(1_000)});
    assertThat(submit(trapped)).isEqualTo(new Answer.Thanks("Soon!"));
    trapped.put("_subject", new String[] {"", "Buy pills"});
    assertThat(submit(trapped)).isEqualTo(new Answer.Thanks("Soon!"));
    clock.now = clock.now.plusSeconds(60);

    Map<String, String[]> forged = filled();
    forged.put("_token", new String[] {tokens.issue("another", SHOWN)});
    assertThat(submit(forged)).isEqualTo(new Answer.Thanks("Soon!"));

    clock.now = SHOWN.plusSeconds(1);
    assertThat(submit(filled())).isEqualTo(new Answer.Thanks("Soon!"));

    assertThat(kafka.published()).isEmpty();
    assertThat(List.of(count("trapped"), count("forged"), count("hasty"), count("taken")))
        .containsExactly(3.0, 1.0, 1.0, 0.0);
  }

  @Test
  void a_form_that_stood_open_for_days_is_sent_again() {
    clock.now = SHOWN.plus(Duration.ofHours(25));
    assertThat(submit(filled())).isInstanceOf(Answer.Again.class);
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void who_sends_too_often_waits() {
    for (int i = 0; i < 3; i++) {
      assertThat(submit(filled())).isInstanceOf(Answer.Thanks.class);
    }
    assertThat(submit(filled()))
        .isInstanceOfSatisfying(
            Answer.TooOften.class,
            answer ->
                assertThat(answer.pause())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20)));

    clock.now = clock.now.plusSeconds(20);
    assertThat(submit(filled())).isInstanceOf(Answer.Thanks.class);
  }

  @Test
  void what_kafka_does_not_take_is_not_thanked_for_and_can_be_sent_again() {
    kafka.fails();
    assertThat(submit(filled())).isInstanceOf(Answer.Later.class);

    kafka.recovers();
    assertThat(submit(filled())).isInstanceOf(Answer.Thanks.class);
    assertThat(kafka.published()).hasSize(5);
  }

  private static Answer changed() {
    return new Answer.Again(WORDS.say("unknown"));
  }

  private double count(String outcome) {
    return meters.counter("ripen.forms", "outcome", outcome).count();
  }

  private Answer submit(Map<String, String[]> parameters) {
    return submitForm.submit(form, Sent.of(parameters, "shop", "192.0.2.1", "Mozilla"), WORDS);
  }

  private Map<String, String[]> filled() {
    Map<String, String[]> told = new HashMap<>();
    told.put("firstName", new String[] {"Anna"});
    told.put("email", new String[] {"anna@example.com"});
    told.put("news", new String[] {"true"});
    told.put("letters", new String[] {"true"});
    told.put("question.topic", new String[] {"prices"});
    told.put("people", new String[] {"3"});
    told.put("_token", new String[] {token});
    told.put("_subject", new String[] {""});
    told.put("_visitor", new String[] {"visitor-1"});
    told.put("_url", new String[] {"https://shop.example/guides?utm_source=x"});
    return told;
  }

  /** The time, for the rules and for the limit. */
  private static final class Moving extends Clock implements TimeMeter {

    private Instant now = SHOWN.plusSeconds(10);

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public long currentTimeNanos() {
      return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
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
