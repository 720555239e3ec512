package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Somebody whose doings come in as a site's events. */
final class Lead {

  private static final String SHOP = "https://shop.example.com";

  private final LocalRipen ripen;
  private final String anonymousId = UUID.randomUUID().toString();
  private final String email = "lead." + anonymousId + "@example.com";
  private final String phone =
      "+3630" + (1_000_000 + ThreadLocalRandom.current().nextInt(9_000_000));
  private final String locale;

  private String flow;

  private Lead(LocalRipen ripen, String flow, String locale) {
    this.ripen = ripen;
    this.flow = flow;
    this.locale = locale;
  }

  /** A visitor of whom nothing is known but the browser's language, and who meets this flow. */
  static Lead speaking(String locale, String flow, LocalRipen ripen) {
    return new Lead(ripen, flow, locale);
  }

  /** Leaves an e-mail address. */
  Lead identifies() {
    return sends(event("identify", Map.of("traits", Map.of("email", email, "firstName", name()))));
  }

  /** Logs in as somebody who has logged in elsewhere: two leads become one, the known one. */
  Lead turnsOutToBe(Lead known) {
    String user = "user-" + known.anonymousId;
    known.sends(known.event("identify", Map.of("userId", user))).settles();
    return sends(event("identify", Map.of("userId", user)));
  }

  String email() {
    return email;
  }

  /** As the console calls them. */
  String name() {
    return "Zsófia-" + anonymousId.substring(0, 8);
  }

  /** From now on messages are those of this flow. */
  Lead meets(String other) {
    flow = other;
    return this;
  }

  Lead agreesTo(String purpose, String channel) {
    return does(
        "Consent Granted",
        Map.of("channel", channel, "purpose", purpose, "wording", "Yes, write to me"));
  }

  Lead takesBack(String purpose, String channel) {
    return does(
        "Consent Withdrawn", Map.of("channel", channel, "purpose", purpose, "wording", "No more"));
  }

  /** The mailbox is gone. */
  Lead bounces() {
    ripen.database().bounces(email);
    return this;
  }

  /** Has an address and takes marketing by e-mail. */
  Lead whoMayBeWrittenTo() {
    return identifies().agreesTo("marketing", "email");
  }

  Lead visits(String path) {
    return sends(
        event(
            "page",
            Map.of(
                "properties", Map.of("url", SHOP + path, "path", path, "title", "About " + path))));
  }

  Lead does(String name, Map<String, Object> properties) {
    return sends(event("track", Map.of("event", name, "properties", properties)));
  }

  /** Does two things so soon after each other that they come in one request. */
  Lead doesAtOnce(
      String first, Map<String, Object> properties, String second, Map<String, Object> others) {
    return sends(
        event("track", Map.of("event", first, "properties", properties)),
        event("track", Map.of("event", second, "properties", others)));
  }

  /** The same, on this page of the shop. */
  Lead doesOn(String path, String name, Map<String, Object> properties) {
    Map<String, Object> event = event("track", Map.of("event", name, "properties", properties));
    event.put("context", context(path, "About " + path));
    return sends(event);
  }

  Lead buys() {
    return does(
        "Order Completed",
        Map.of(
            "order_id",
            "order-" + UUID.randomUUID(),
            "total",
            40,
            "currency",
            "EUR",
            "products",
            List.of(Product.KETTLE.properties(1))));
  }

  /** Waits until all that was sent has been applied. */
  Lead settles() {
    String last = UUID.randomUUID().toString();
    Map<String, Object> marker = event("track", Map.of("event", "Looked Around"));
    marker.put("messageId", last);
    sends(marker);
    // What they confirmed and clicked goes its own way, over other partitions.
    soon("what was kept to be on its way").until(() -> ripen.database().keptEvents() == 0);
    soon("the events of " + anonymousId)
        .until(
            () ->
                ripen.database().hasEvent(last)
                    && ripen.unreadEvents() == 0
                    && ripen.database().pendingSignals() == 0);
    return this;
  }

  String id() {
    return soon("a lead")
        .until(() -> ripen.database().leadOfBrowser(anonymousId), id -> id != null);
  }

  String stage() {
    return ripen.database().stageOf(id());
  }

  /** What the console says of the flow's touch with this message; empty while there is none. */
  String why(String message) {
    String path = "/api/leads/%s/why?flow=%s".formatted(id(), flow);
    return Http.json(ripen.http().get(path)).path("touches").values().stream()
        .filter(touch -> touch.path("message").asString().equals(message))
        .map(touch -> touch.path("answer").asString())
        .findFirst()
        .orElse("");
  }

  /** The messages of the flow that came by this channel, oldest first. */
  List<Mail> messages(String channel) {
    String address =
        switch (channel) {
          case "email" -> email;
          default -> id();
        };
    JsonNode list = Http.json(ripen.http().get("/api/local/mailbox?to=" + encoded(address)));
    return list.values().stream()
        .filter(mail -> mail.path("channel").asString().equals(channel))
        .map(mail -> ripen.mail(address, mail.path("id").asString()))
        .filter(mail -> mail.isOf(flow))
        .toList()
        .reversed();
  }

  /** Waits for so many messages by this channel, and gives the newest. */
  Mail awaits(int count, String channel) {
    List<Mail> messages =
        soon(count + " messages by " + channel + " to " + anonymousId)
            .until(() -> messages(channel), mails -> mails.size() >= count);
    assertThat(messages).hasSize(count);
    return messages.getLast();
  }

  /** Waits until the flow has something to show them on the site, which they do not look at. */
  Lead isMeant(String channel) {
    new SiteWindow(ripen, anonymousId).awaits(flow, channel);
    return this;
  }

  /** Sees on the site what the flow shows them there. */
  Lead sees(String channel) {
    new SiteWindow(ripen, anonymousId).sees(flow, channel);
    return this;
  }

  /** Leaves a telephone number. */
  Lead hasPhone() {
    return sends(event("identify", Map.of("traits", Map.of("phone", phone))));
  }

  /** Fills in the form for text messages. */
  Lead asksForTexts() {
    return sendsForm("text-messages", Map.of("phone", phone, "texts", "true"));
  }

  /** Answers by text. */
  void writes(String text) {
    Twilio.here().hears(ripen.http(), phone, text);
  }

  /** Waits for so many text messages, and gives the newest. */
  String awaitsText(int count) {
    List<String> texts =
        soon(count + " text messages to " + phone)
            .until(() -> Twilio.here().textsTo(phone), all -> all.size() >= count);
    assertThat(texts).hasSize(count);
    return texts.getLast();
  }

  /** Opens the short link of a text message, and presses the button there. */
  void confirmsText(String text) {
    Matcher link = Pattern.compile("https?://\\S+/s/[A-Za-z0-9]+").matcher(text);
    assertThat(link.find()).as(text).isTrue();
    HttpResponse<String> redirect = ripen.http().get(link.group());
    assertThat(redirect.statusCode()).isEqualTo(302);
    follow(redirect.headers().firstValue("Location").orElseThrow());
  }

  /** Fills in a form of ours that asks for an e-mail address, as a person does. */
  Lead fillsIn(String form, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("email", email);
    return sendsForm(form, all);
  }

  private Lead sendsForm(String form, Map<String, String> fields) {
    JsonNode begun = Http.json(ripen.http().get("/forms/" + form + "/token"));
    ripen.advance(Duration.ofSeconds(5));
    Map<String, String> all = new HashMap<>(fields);
    all.put("_token", begun.path("token").asString());
    all.put("_lang", locale);
    all.put("_url", SHOP + "/here");
    all.put("_visitor", anonymousId);
    String body =
        all.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        ripen.http().post("/forms/" + form, "application/x-www-form-urlencoded", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return this;
  }

  /** Clicks the link of a message that gives this answer, as a browser does. */
  void answers(Mail message, String question, String answer) {
    follow(link(message, "/answer/", question + "=" + answer));
  }

  /** Confirms the subscription that a message asks for. */
  void confirms(Mail message) {
    follow(link(message, "/confirm/", "newsletter"));
  }

  /** The link of a message whose token holds these words. */
  String link(Mail message, String path, String words) {
    return message.links().stream()
        .filter(link -> link.contains(path))
        .filter(link -> Mail.signed(link).contains(words))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no link %s with %s in %s".formatted(path, words, message)));
  }

  private void follow(String link) {
    assertThat(ripen.http().get(link).statusCode()).isEqualTo(200);
    assertThat(ripen.http().submit(link).statusCode()).isEqualTo(200);
  }

  @SafeVarargs
  private Lead sends(Map<String, Object>... events) {
    assertThat(ripen.http().post(List.of(events)).statusCode()).isEqualTo(200);
    return this;
  }

  private Map<String, Object> event(String type, Map<String, Object> content) {
    Map<String, Object> event = new HashMap<>(content);
    event.put("type", type);
    event.put("anonymousId", anonymousId);
    event.put("messageId", UUID.randomUUID().toString());
    event.put("context", context("/here", "Here"));
    return event;
  }

  private Map<String, Object> context(String path, String title) {
    return Map.of(
        "locale",
        locale,
        "userAgent",
        "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
        "page",
        Map.of("url", SHOP + path, "path", path, "title", title));
  }

  private static String encoded(String address) {
    return URLEncoder.encode(address, UTF_8);
  }
}
