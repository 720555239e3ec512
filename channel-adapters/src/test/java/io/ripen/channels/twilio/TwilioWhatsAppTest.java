package io.ripen.channels.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Finding.Found;
import io.ripen.channels.Finding.Unknown;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SettableClock;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.ShortMessage.Button;
import io.ripen.channels.ShortMessage.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioWhatsAppTest {

  private static final String ANNA = "whatsapp:+36301234567";
  private static final String TEMPLATE = "HX" + "0123456789abcdef".repeat(2);
  private static final String OWN = "HX" + "fedcba9876543210".repeat(2);

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);
  private final Map<String, Instant> lastHeard = new HashMap<>();
  private final AtomicInteger begun = new AtomicInteger();

  @BeforeEach
  void approved() {
    twilio.knows(TEMPLATE, "News from the shop: {{1}} Reply STOP to end.");
    twilio.knows(OWN, "Dear {{1}}, your cart waits: {{2}}");
  }

  @AfterEach
  void stop() {
    twilio.close();
  }

  private TwilioWhatsApp whatsApp(@Nullable String template) {
    return new TwilioWhatsApp(
        twilio.account(),
        new TwilioSender(TwilioServer.NUMBER, null),
        address -> Optional.ofNullable(lastHeard.get(address)),
        template,
        clock);
  }

  private SendResult send(@Nullable String template, ShortMessage message) {
    return whatsApp(template).send(message, begun::incrementAndGet);
  }

  private static ShortMessage message(String to, String text) {
    return new ShortMessage(
        "1.2", to, "", text, List.of(new Button("See it", "https://r.example/k3J9")));
  }

  private static ShortMessage withOwn(String... values) {
    ShortMessage message = message(ANNA, "Your mug\nwaits");
    TreeMap<String, String> filled = new TreeMap<>();
    for (String value : values) {
      filled.put(String.valueOf(filled.size() + 1), value);
    }
    return new ShortMessage(
        message.id(),
        message.to(),
        message.title(),
        message.text(),
        message.buttons(),
        message.look(),
        null,
        false,
        new Template(OWN, filled));
  }

  private void wroteAgo(Duration ago) {
    lastHeard.put(ANNA, clock.instant().minus(ago));
  }

  @Test
  void who_has_written_within_a_day_gets_our_text() {
    wroteAgo(Duration.ofHours(23));

    assertThat(send(null, message(ANNA, "Your mug\nwaits"))).isEqualTo(new Accepted(twilio.sid(0)));
    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("To")).contains(ANNA);
    assertThat(sent.get("From")).contains("whatsapp:" + TwilioServer.NUMBER);
    assertThat(sent.get("Body")).contains("Your mug\nwaits\nSee it: https://r.example/k3J9");
    assertThat(sent.get("ContentSid")).isEmpty();
  }

  @Test
  void anybody_else_gets_the_template_with_our_text_on_one_line() {
    wroteAgo(Duration.ofHours(24).minusMinutes(4));

    assertThat(send(TEMPLATE, message(ANNA, "Your \"mug\"\n\nwaits"))).isInstanceOf(Accepted.class);
    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("Body")).isEmpty();
    assertThat(sent.get("ContentSid")).contains(TEMPLATE);
    assertThat(sent.get("ContentVariables"))
        .contains("{\"1\":\"Your \\\"mug\\\" waits See it: https://r.example/k3J9\"}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void without_a_template_nobody_else_is_written_to(@Nullable String none) {
    assertThat(send(none, message(ANNA, "Hello")))
        .isEqualTo(
            new Rejected(
                "the person has not written for 24 hours, so WhatsApp takes only a template, and the"
                    + " message names none (WhatsApp: HX…), nor is one set for all"
                    + " (ripen.twilio.whatsapp.template)"));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "HX0123456789abcdef0123456789abcdef")
  void a_message_with_a_template_of_its_own_goes_by_that(@Nullable String forAll) {
    assertThat(send(forAll, withOwn("Anna  \"A\"\nNagy", "https://r.example/k3J9")))
        .isEqualTo(new Accepted(twilio.sid(0)));

    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("ContentSid")).contains(OWN);
    assertThat(sent.get("ContentVariables"))
        .contains("{\"1\":\"Anna \\\"A\\\" Nagy\",\"2\":\"https://r.example/k3J9\"}");
    assertThat(sent.get("Body")).isEmpty();
  }

  @Test
  void who_has_written_within_a_day_gets_our_text_whatever_template_the_message_has() {
    wroteAgo(Duration.ofHours(1));

    assertThat(send(TEMPLATE, withOwn("Anna", "https://r.example/k3J9")))
        .isInstanceOf(Accepted.class);
    assertThat(twilio.sent().getFirst().get("Body"))
        .contains("Your mug\nwaits\nSee it: https://r.example/k3J9");
    assertThat(twilio.sent().getFirst().get("ContentSid")).isEmpty();
  }

  @Test
  void a_template_without_variables_is_sent_as_it_is() {
    twilio.knows(OWN, "Your cart waits.");

    assertThat(send(null, withOwn())).isInstanceOf(Accepted.class);
    assertThat(twilio.sent().getFirst().get("ContentVariables")).isEmpty();
  }

  @Test
  void a_variable_that_is_empty_or_a_template_that_is_not_there_is_rejected() {
    assertThat(send(null, withOwn("Anna", " \n")))
        .isEqualTo(new Rejected("variable 2 of the template is empty"));
    assertThat(begun).hasValue(0);

    twilio.refuses(ANNA, 400, 21655, "The ContentSid is Invalid");
    assertThat(send(null, withOwn("Anna", "https://r.example/k3J9")))
        .isEqualTo(new Rejected("Twilio's error 21655 The ContentSid is Invalid"));
  }

  @Test
  void an_own_template_without_an_answer_is_found_by_what_fills_it() {
    ShortMessage message = withOwn("Anna", "https://r.example/k3J9-as-long-as-real-ones");
    Instant handedOver = clock.instant();
    twilio.has("outbound-api", ANNA, "Dear Anna, another one", handedOver);
    send(null, message);

    assertThat(whatsApp(null).lookUp(message, handedOver)).isEqualTo(new Found(twilio.sid(1)));
  }

  @Test
  void an_own_template_without_a_link_is_found_if_no_other_message_has_what_fills_it() {
    ShortMessage message = withOwn("Anna Kovács-Nagy", "Juniper mug, large, of stoneware");
    Instant handedOver = clock.instant();
    twilio.has("outbound-api", ANNA, "Dear Anna, another one", handedOver);
    send(null, message);
    assertThat(whatsApp(null).lookUp(message, handedOver)).isEqualTo(new Found(twilio.sid(1)));

    twilio.has(
        "outbound-api",
        ANNA,
        "Dear Anna Kovács-Nagy, how do you like Juniper mug, large, of stoneware?",
        handedOver);
    clock.advance(Duration.ofMinutes(2));
    assertThat(whatsApp(null).lookUp(message, handedOver)).isInstanceOf(Unknown.class);
  }

  @Test
  void a_link_of_ours_tells_it_from_others_that_have_what_fills_its_template() {
    ShortMessage message = withOwn("Anna Kovács-Nagy", "Juniper mug, large, of stoneware");
    Instant handedOver = clock.instant();
    twilio.has(
        "outbound-api",
        ANNA,
        "Dear Anna Kovács-Nagy, how do you like Juniper mug, large, of stoneware?",
        handedOver);
    wroteAgo(Duration.ofHours(1));
    send(null, message);

    assertThat(whatsApp(null).lookUp(message, handedOver)).isEqualTo(new Found(twilio.sid(1)));
  }

  @Test
  void a_text_too_long_for_a_template_is_not_sent() {
    assertThat(send(TEMPLATE, message(ANNA, "x".repeat(1000))))
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> assertThat(r.reason()).contains("a template of WhatsApp 1024 at most"));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+36301234567", "telegram:5", "whatsapp:", "whatsapp:anna", ""})
  void a_contact_of_another_messenger_is_not_written_to(String to) {
    assertThat(send(TEMPLATE, message(to, "Hello")))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "63016, Failed to send freeform message because you are outside the allowed window, FILTERED",
    "63003, Channel could not find To address %s, NO_SUCH_ADDRESS",
    "63024, Invalid message recipient %s, LOST",
    "63014, Channel message blocked by user action, UNWANTED",
    "63013, Channel policy violation, FILTERED",
  })
  void refusals_of_whatsapp_say_what_they_tell_of_the_person(int code, String words, Cause cause) {
    twilio.refuses(ANNA, 400, code, words);

    assertThat(send(TEMPLATE, message(ANNA, "Hello")))
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.cause()).isEqualTo(cause);
              assertThat(r.reason()).doesNotContain("36301234567");
            });
  }

  @Test
  void a_template_without_an_answer_is_found_by_the_text_in_it() {
    ShortMessage message = message(ANNA, "Your mug\nwaits");
    Instant handedOver = clock.instant();
    send(TEMPLATE, message);

    assertThat(whatsApp(TEMPLATE).lookUp(message, handedOver)).isEqualTo(new Found(twilio.sid(0)));
  }

  @Test
  void a_template_is_named_by_its_sid() {
    assertThat(whatsApp(null).name()).isEqualTo("whatsapp");
    assertThatThrownBy(() -> whatsApp("order_update"))
        .hasMessageContaining("\"order_update\" (expected: HX and 32 digits");
  }
}
