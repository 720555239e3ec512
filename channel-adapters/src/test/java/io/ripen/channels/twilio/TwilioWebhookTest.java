package io.ripen.channels.twilio;

import static io.ripen.channels.twilio.TwilioCalls.SID;
import static io.ripen.channels.twilio.TwilioCalls.TOKEN;
import static io.ripen.channels.twilio.TwilioCalls.URL;
import static io.ripen.channels.twilio.TwilioCalls.form;
import static io.ripen.channels.twilio.TwilioCalls.request;
import static io.ripen.channels.twilio.TwilioCalls.said;
import static io.ripen.channels.twilio.TwilioCalls.signature;
import static io.ripen.channels.twilio.TwilioCalls.signed;
import static io.ripen.channels.twilio.TwilioCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.AskedForHelp;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.Inbound.Delivered;
import io.ripen.channels.Inbound.OptedIn;
import io.ripen.channels.Inbound.OptedOut;
import io.ripen.channels.Inbound.Priced;
import io.ripen.channels.Inbound.Said;
import io.ripen.channels.Inbound.Seen;
import io.ripen.channels.Inbound.Undelivered;
import io.ripen.channels.SettableClock;
import io.ripen.channels.Webhook.Answer.Refused;
import io.ripen.channels.Webhook.Answer.Taken;
import io.ripen.channels.Webhook.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioWebhookTest {

  private static final String ANNA = "+36301234567";
  private static final String OURS = "17.0198c9a0-0000-7000-8000-000000000001";
  private static final String HELP = "Ripen Shop <help@shop.example>: reply STOP to end & rest.";

  private final SettableClock clock = new SettableClock();
  private final Instant now = clock.instant();
  private final TwilioWebhook webhook = new TwilioWebhook(List.of(TOKEN), HELP, clock);

  private Taken taken(Request request) {
    return (Taken) webhook.receive(request);
  }

  private List<Inbound> heard(Map<String, String> parameters) {
    return taken(signed(parameters)).inbound();
  }

  private int refused(Request request) {
    assertThat(webhook.receive(request)).isInstanceOf(Refused.class);
    return ((Refused) webhook.receive(request)).status();
  }

  @Test
  void a_delivered_message_is_known_by_twilios_id_and_by_ours() {
    assertThat(heard(status("delivered")))
        .containsExactly(new Delivered("twilio:" + SID + "/delivered", now, SID, OURS));
    assertThat(heard(status("read")))
        .containsExactly(new Seen("twilio:" + SID + "/read", now, SID, OURS));
  }

  @Test
  void an_address_without_our_id_will_do() {
    assertThat(
            taken(signed("https://ripen.example/hooks/channels/twilio", status("delivered")))
                .inbound())
        .containsExactly(new Delivered("twilio:" + SID + "/delivered", now, SID, null));
  }

  @Test
  void what_is_told_again_has_the_same_id() {
    String first = heard(status("delivered")).getFirst().id();
    clock.advance(Duration.ofMinutes(5));

    assertThat(heard(status("delivered")).getFirst().id()).isEqualTo(first);
    assertThat(heard(status("failed")).getFirst().id())
        .as("a message dies once")
        .isEqualTo(heard(status("undelivered")).getFirst().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "scheduled", "queued", "sending", "sent", "no such status"})
  void what_is_under_way_says_nothing(String status) {
    assertThat(heard(status(status))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "30003, LOST",
    "30004, UNWANTED",
    "21610, UNWANTED",
    "30005, NO_SUCH_ADDRESS",
    "30006, NO_SUCH_ADDRESS",
    "30007, FILTERED",
    "30008, LOST",
    "30034, FILTERED",
    "30036, LOST",
    "63003, NO_SUCH_ADDRESS",
    "63016, FILTERED",
    "63024, LOST",
    "63049, LOST",
    "30002, LOST",
    "39999, LOST",
  })
  void what_does_not_arrive_says_what_it_tells_of_the_address(String code, Cause cause) {
    assertThat(heard(status("undelivered", "ErrorCode", code)))
        .singleElement()
        .isInstanceOfSatisfying(
            Undelivered.class,
            u -> {
              assertThat(u.cause()).isEqualTo(cause);
              assertThat(u.code()).isEqualTo(code);
              assertThat(u.to()).isEqualTo(ANNA);
              assertThat(u.providerId()).isEqualTo(SID);
              assertThat(u.messageId()).isEqualTo(OURS);
              assertThat(u.reason()).isNotBlank().doesNotContain("36301");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "-1", "99999999999999"})
  void an_error_without_a_code_lost_this_one(String code) {
    assertThat(heard(status("failed", "ErrorCode", code)))
        .singleElement()
        .isInstanceOfSatisfying(
            Undelivered.class,
            u -> {
              assertThat(u.cause()).isEqualTo(Cause.LOST);
              assertThat(u.code()).isEqualTo("0");
            });
  }

  @Test
  void a_price_is_kept_without_its_sign() {
    assertThat(heard(status("sent", "Price", "-0.00750", "PriceUnit", "usd")))
        .containsExactly(
            new Priced(
                "twilio:" + SID + "/price",
                now,
                SID,
                OURS,
                new BigDecimal("0.00750"),
                Currency.getInstance("USD")));
    assertThat(heard(status("sent", "Price", "much", "PriceUnit", "usd"))).isEmpty();
    assertThat(heard(status("sent", "Price", "1", "PriceUnit", "shells"))).isEmpty();
  }

  @Test
  void what_people_write_is_told_and_not_answered() {
    Taken taken = taken(signed(said(ANNA, "Van kék is? ждём 🫖")));

    assertThat(taken.inbound())
        .containsExactly(
            new Said("twilio:" + SID + "/said", now, "sms", ANNA, "Van kék is? ждём 🫖", null));
    assertThat(taken.contentType()).isEqualTo("text/xml");
    assertThat(taken.body()).contains("<Response").doesNotContain("<Message>");
  }

  @Test
  void whatsapp_is_a_messenger_and_knows_what_is_answered() {
    String theirs = "SM" + "f".repeat(32);

    assertThat(
            heard(
                said(
                    "whatsapp:" + ANNA,
                    "Yes, please",
                    "OriginalRepliedMessageSid",
                    theirs,
                    "ProfileName",
                    "Anna")))
        .containsExactly(
            new Said(
                "twilio:" + SID + "/said",
                now,
                "messenger",
                "whatsapp:" + ANNA,
                "Yes, please",
                theirs));
    assertThat(heard(said("whatsapp:" + ANNA, "STOP")))
        .containsExactly(
            new OptedOut("twilio:" + SID + "/stop", now, "messenger", "whatsapp:" + ANNA, "STOP"));
  }

  @Test
  void facebook_messenger_is_a_messenger_too() {
    String anna = "messenger:4627193850172931";

    assertThat(heard(said(anna, "Is it blue?", "To", "messenger:103837461229380")))
        .containsExactly(
            new Said("twilio:" + SID + "/said", now, "messenger", anna, "Is it blue?", null));
    assertThat(heard(said(anna, "stop")))
        .containsExactly(new OptedOut("twilio:" + SID + "/stop", now, "messenger", anna, "stop"));
    assertThat(heard(status("undelivered", "To", anna, "ErrorCode", "63003")))
        .singleElement()
        .isInstanceOfSatisfying(
            Undelivered.class,
            u -> {
              assertThat(u.to()).isEqualTo(anna);
              assertThat(u.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "unsubscribe", "СТОП", "Leiratkozás!"})
  void stop_ends_it_and_keeps_the_words_as_proof(String words) {
    Taken taken = taken(signed(said(ANNA, words)));

    assertThat(taken.inbound())
        .containsExactly(new OptedOut("twilio:" + SID + "/stop", now, "sms", ANNA, words));
    assertThat(taken.body()).doesNotContain("<Message>");
  }

  @Test
  void start_begins_it_again_and_may_be_an_answer_too() {
    assertThat(heard(said(ANNA, "YES")))
        .containsExactly(
            new OptedIn("twilio:" + SID + "/start", now, "sms", ANNA, "YES"),
            new Said("twilio:" + SID + "/said", now, "sms", ANNA, "YES", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"START", "старт", "Feliratkozom"})
  void start_that_is_no_yes_is_no_answer(String words) {
    assertThat(heard(said(ANNA, words)))
        .containsExactly(new OptedIn("twilio:" + SID + "/start", now, "sms", ANNA, words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HELP", "ПОМОЩЬ", "Súgó"})
  void help_is_answered_with_the_text_that_is_set(String words) {
    Taken taken = taken(signed(said(ANNA, words)));

    assertThat(taken.body())
        .contains(
            "<Message><Body>Ripen Shop &lt;help@shop.example&gt;: reply STOP to end &amp;"
                + " rest.</Body></Message>");
    assertThat(taken.inbound())
        .containsExactly(new AskedForHelp("twilio:" + SID + "/help", now, "sms", ANNA, words));
  }

  @ParameterizedTest
  @CsvSource({
    "+36301234567, HELP, sms",
    "+36301234567, Súgó, sms",
    "whatsapp:+36301234567, помощь, messenger",
    "messenger:4627193850172931, INFO, messenger"
  })
  void help_that_no_program_answers_is_something_said(String from, String words, String channel) {
    Taken taken = (Taken) silent().receive(signed(said(from, words)));

    assertThat(taken.body()).contains("<Response").doesNotContain("<Message>");
    assertThat(taken.inbound())
        .containsExactly(new Said("twilio:" + SID + "/said", now, channel, from, words, null));
  }

  @Test
  void where_a_text_is_set_help_by_messenger_is_answered_too() {
    Taken taken = taken(signed(said("whatsapp:" + ANNA, "помощь")));

    assertThat(taken.body()).contains("<Message>");
    assertThat(taken.inbound()).hasOnlyElementsOfType(AskedForHelp.class);
  }

  private TwilioWebhook silent() {
    return new TwilioWebhook(List.of(TOKEN), "", clock);
  }

  @Test
  void where_twilio_has_answered_itself_nothing_is_answered_and_its_word_counts() {
    for (TwilioWebhook each : List.of(webhook, silent())) {
      Taken help = (Taken) each.receive(signed(said(ANNA, "HELP", "OptOutType", "HELP")));
      assertThat(help.body()).doesNotContain("<Message>");
      assertThat(help.inbound()).hasOnlyElementsOfType(AskedForHelp.class);
    }
    assertThat(heard(said(ANNA, "Basta", "OptOutType", "STOP")))
        .containsExactly(new OptedOut("twilio:" + SID + "/stop", now, "sms", ANNA, "Basta"));
    assertThat(heard(said(ANNA, "Join", "OptOutType", "START")))
        .containsExactly(new OptedIn("twilio:" + SID + "/start", now, "sms", ANNA, "Join"));
  }

  @Test
  void a_picture_without_words_is_something_said() {
    assertThat(heard(said(ANNA, "", "NumMedia", "1")))
        .containsExactly(new Said("twilio:" + SID + "/said", now, "sms", ANNA, "", null));
  }

  @Test
  void our_own_signer_is_as_twilio_publishes_it() {
    Map<String, String> published =
        Map.of(
            "CallSid", "CA1234567890ABCDE",
            "Caller", "+12349013030",
            "Digits", "1234",
            "From", "+12349013030",
            "To", "+18005551212");

    assertThat(signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", published))
        .isEqualTo("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
  }

  @Test
  void what_twilio_did_not_sign_is_refused() {
    Map<String, String> parameters = status("delivered");
    String signature = signature(TOKEN, URL, parameters);
    Map<String, String> changed = new TreeMap<>(parameters);
    changed.put("MessageStatus", "failed");
    Map<String, String> more = new TreeMap<>(parameters);
    more.put("Price", "1");

    assertThat(refused(request(URL, form(changed), signature))).as("changed").isEqualTo(403);
    assertThat(refused(request(URL, form(more), signature))).as("something added").isEqualTo(403);
    assertThat(refused(request(URL.replace("17.", "18."), form(parameters), signature)))
        .as("about another message")
        .isEqualTo(403);
    assertThat(refused(request(URL, form(parameters), signature("another token", URL, parameters))))
        .as("another's token")
        .isEqualTo(403);
    for (String forged :
        new String[] {"", "=", signature.toLowerCase(Locale.ROOT), signature + "=", "ű"}) {
      assertThat(refused(request(URL, form(parameters), forged))).as(forged).isEqualTo(403);
    }
  }

  @Test
  void a_second_value_is_not_read_past_the_signature() {
    Map<String, String> parameters = status("delivered");
    String body = form(parameters) + "&MessageStatus=failed";

    assertThat(taken(request(URL, body, signature(TOKEN, URL, parameters))).inbound())
        .hasOnlyElementsOfType(Delivered.class);
  }

  @Test
  void a_call_without_a_signature_is_refused() {
    Request call = signed(status("delivered"));
    Map<String, List<String>> headers = new HashMap<>(call.headers());
    headers.remove("x-twilio-signature");

    assertThat(refused(new Request("POST", URL, headers, call.body()))).isEqualTo(403);
  }

  @Test
  void the_old_token_counts_while_it_is_changed() {
    TwilioWebhook both = new TwilioWebhook(List.of("the new token", TOKEN), "", clock);

    assertThat(both.receive(signed(status("delivered")))).isInstanceOf(Taken.class);
  }

  @Test
  void a_port_that_twilio_leaves_out_or_puts_in_does_not_matter() {
    Map<String, String> parameters = status("delivered");
    String withPort = URL.replace("ripen.example", "ripen.example:443");

    assertThat(taken(request(URL, form(parameters), signature(TOKEN, withPort, parameters))))
        .isNotNull();
    assertThat(taken(request(withPort, form(parameters), signature(TOKEN, URL, parameters))))
        .isNotNull();
  }

  @Test
  void what_is_too_large_is_refused_before_it_is_read() {
    assertThat(refused(signed(said(ANNA, "x".repeat(64 * 1024))))).isEqualTo(413);
    assertThat(refused(request(URL, "ж".repeat(40_000), "x"))).isEqualTo(413);
  }

  @Test
  void what_is_no_form_is_refused() {
    Request call = signed(status("delivered"));

    assertThat(refused(new Request("GET", URL, call.headers(), ""))).isEqualTo(405);
    assertThat(refused(request(URL, "%", "x"))).isEqualTo(400);
    assertThat(refused(new Request("POST", URL, Map.of(), call.body()))).isEqualTo(400);
  }

  @Test
  void what_twilio_tells_of_other_things_is_taken_and_left() {
    assertThat(heard(Map.of("CallSid", "CA1", "CallStatus", "ringing"))).isEmpty();
    assertThat(heard(Map.of("MessageSid", "not a sid", "MessageStatus", "delivered"))).isEmpty();
  }

  @Test
  void a_webhook_without_a_token_is_refused() {
    assertThatThrownBy(() -> new TwilioWebhook(List.of(), "", clock))
        .hasMessageContaining("auth token is empty");
    assertThatThrownBy(() -> new TwilioWebhook(List.of(TOKEN, " "), "", clock))
        .hasMessageContaining("auth token is empty");
    assertThatThrownBy(() -> new TwilioWebhook(List.of(TOKEN), "a\u0000b", clock))
        .hasMessageContaining("control characters");
  }
}
