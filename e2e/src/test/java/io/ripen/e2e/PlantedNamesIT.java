package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody with a name like no other goes the ways that lead in and out, with all logs at their
 * most talkative: no log, nothing in Zeebe and no metric says it. Then they are erased, and no
 * table does.
 *
 * <p>In: events, the form, the chat, an answer by text message, Telegram, a subscription to push,
 * from the mail server an answer, another letter, a bounce and what only a person understands, and
 * what is refused. Out: e-mail, text message, Telegram, push, popup and chat, each with the name in
 * it; then text message, Telegram and push once more, refused: Twilio says the number with it, and
 * Telegram a piece of the message, as they do. Not among them are WhatsApp and Facebook, which go
 * by Twilio as text messages do, a mailbox that is asked by IMAP, whose mail goes the same way as
 * that of a server that calls, advertising platforms and imports.
 */
@OwnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedNamesIT {

  private static final String FIRST = "Quinzibaldo";
  private static final String LAST = "Ferrovecchio";
  private static final String EMAIL = "quinzibaldo.ferrovecchio@planted.example.com";
  private static final String PHONE = "+36309998877";
  private static final String STREET = "Zimtsternallee";
  private static final String CHAT = "Sternanisgasse";
  private static final String PUSH = "Muskatnussweg";
  private static final long TELEGRAM = 7_766_554_433_221L;
  private static final List<String> PLANTED =
      List.of(
          FIRST,
          LAST,
          "planted.example",
          PHONE.substring(1),
          STREET,
          CHAT,
          PUSH,
          Long.toString(TELEGRAM));
  private static final String WORDS =
      """
      Title: Dear {{ lead.firstName }} {{ lead.lastName }}
      Button: In Telegram -> {{ links.telegram }}

      {{ lead.firstName }}, it goes to {{ lead.traits.address }}.
      """;

  private static final List<String> CHANNELS = List.of("popup", "chat", "sms", "messenger", "push");

  private final Telegram telegram = new Telegram();
  private final PushServer.Device device = PushServer.here().device(PUSH);
  private final LocalRipen ripen = LocalRipen.startWith(options());
  private final OneMessage flows = new OneMessage(ripen);
  private final String browser = UUID.randomUUID().toString();
  private final Map<String, Object> identify =
      event(
          "identify",
          Map.of(
              "traits",
              Map.of(
                  "email",
                  EMAIL,
                  "phone",
                  PHONE,
                  "firstName",
                  FIRST,
                  "lastName",
                  LAST,
                  "address",
                  STREET + " 17")));

  @TempDir private Path folder;

  @AfterAll
  void stop() {
    flows.close();
    ripen.close();
  }

  private String[] options() {
    List<String> options = new ArrayList<>(telegram.options());
    options.add("--logging.level.io.ripen=debug");
    return options.toArray(String[]::new);
  }

  @Test
  void nothing_but_the_tables_names_the_person_and_after_the_erasure_nothing_does()
      throws IOException {
    String lead = goesAllWays();

    assertThat(Http.json(ripen.http().get("/api/leads/" + lead)).toString()).contains(EMAIL);
    assertThat(filesWith(ripen.data().resolve("logs"))).as("logs").isEmpty();
    assertThat(ripen.launcher().output())
        .doesNotContainIgnoringCase(PLANTED.toArray(String[]::new));
    assertThat(Files.readString(ripen.data().resolve("logs/postgres.log"))).contains("ERROR:");
    assertThat(filesWith(ripen.data().resolve("zeebe"))).as("all that Zeebe keeps").isEmpty();
    assertThat(filesWith(ripen.data().resolve("zeebe"), List.of(lead)))
        .as("what Zeebe keeps can be read")
        .isNotEmpty();
    assertThat(metrics()).doesNotContainIgnoringCase(PLANTED.toArray(String[]::new));

    Path file = folder.resolve("export.json");
    ended("export", "--email", EMAIL.toUpperCase(Locale.ROOT), "--to", file.toString());
    JsonNode export = JsonMapper.shared().readTree(Files.readString(file));
    assertThat(export.toString()).contains(PLANTED.toArray(String[]::new));
    for (String section :
        List.of(
            "leads",
            "identities",
            "events",
            "carts",
            "consents",
            "touches",
            "gateDecisions",
            "onSiteMessages",
            "pushSubscriptions",
            "signals",
            "flowEntries")) {
      assertThat(export.path(section)).as(section).isNotEmpty();
    }
    assertThat(export.at("/kafka/complete").booleanValue()).isTrue();
    assertThat(export.at("/kafka/records").valueStream().map(r -> r.path("topic").asString()))
        .contains("ripen.events", "ripen.events.dead");

    assertThat(ended("erase", "--email", EMAIL, "--dry-run").output()).contains(lead, "touches");
    String receipt = ended("erase", lead, "--yes", "--by", "Olga").output();
    assertThat(receipt)
        .contains("\"DONE\"", "Olga", "ripen.events.dead")
        .doesNotContainIgnoringCase(PLANTED.toArray(String[]::new));
    assertThat(ripen.database().tablesWith(PLANTED)).isEmpty();
    assertThat(Http.json(ripen.http().get("/api/erasures")).path(0).path("stopped").asInt())
        .as("instances that ran in Zeebe")
        .isPositive();
    soon("Zeebe has told of their ends")
        .untilAsserted(
            () ->
                assertThat(ripen.database().tablesWith(List.of(lead)))
                    .contains("erased_lead")
                    // A place that a look at all leads has come to.
                    .isSubsetOf("erased_lead", "segment_sweep"));

    comesAgain();
    assertThat(ripen.database().tablesWith(PLANTED)).isEmpty();
    assertThat(filesWith(ripen.data().resolve("logs"))).as("logs").isEmpty();
    assertThat(ended("receipts").output()).contains(lead);
  }

  private String goesAllWays() throws IOException {
    Shopper shopper = new Shopper(browser, EMAIL, "cart-" + browser);
    List<Map<String, Object>> events = new ArrayList<>(List.of(identify));
    events.addAll(shopper.leavesBehind(Product.KETTLE));
    assertThat(ripen.http().post(events).statusCode()).isEqualTo(200);
    fillsIn();
    String lead =
        soon("the lead").until(() -> ripen.database().leadOfBrowser(browser), id -> id != null);
    soon("the cart").until(() -> ripen.database().waitingAt("gateway_whatComesFirst") >= 1);
    chats();
    ripen.advance(HOUR);
    soon("the reminder")
        .until(() -> ripen.mailsTo(EMAIL).stream().anyMatch(mail -> mail.isOf("abandoned-cart")));
    ripen.tell(
        "Message Bounced",
        lead,
        Map.of("channel", "email", "reason", "550 5.1.1 <" + EMAIL + "> unknown", "email", EMAIL));
    isReachedByAllChannels(lead);
    answersByAllChannels();
    writesByMail();
    isNoMoreWhereTheyWere(lead);
    isRefused();
    settles();
    return lead;
  }

  /** What is sent has the name in it, and where it went to, too. */
  private void isReachedByAllChannels(String lead) {
    for (String channel : CHANNELS) {
      flows.make("says-by-" + channel, channel, "transactional", WORDS);
    }
    takesNotifications(device);
    Map<String, Object> page = event("page", Map.of());
    page.remove("timestamp"); // now, by the clock that was moved on
    assertThat(ripen.http().post(List.of(page)).statusCode()).isEqualTo(200);
    settles();
    isShown(lead, "popup");
    telegram.hears(TELEGRAM, FIRST, LAST, "/start " + tokenForTelegram(lead));
    soon("the contact in Telegram")
        .until(() -> Long.toString(TELEGRAM).equals(ripen.database().traitOf(lead, "telegram")));
    isShown(lead, "chat");
    for (String channel : List.of("sms", "messenger", "push")) {
      flows.send("says-by-" + channel, lead);
    }
    assertThat(Twilio.here().textsTo(PHONE)).singleElement().asString().contains(FIRST, STREET);
    assertThat(telegram.textsIn(TELEGRAM)).singleElement().asString().contains(FIRST, STREET);
    assertThat(device.received()).singleElement().asString().contains(FIRST, STREET);
  }

  private void isShown(String lead, String channel) {
    String flow = "says-by-" + channel;
    Instances.Instance run = flows.begin(flow, lead);
    new SiteWindow(ripen, browser).sees(flow, channel);
    run.awaitEnd("sent");
  }

  private void takesNotifications(PushServer.Device by) {
    String key =
        Http.json(ripen.http().get("/v1/push/key?writeKey=" + Http.WRITE_KEY))
            .path("key")
            .asString();
    Map<String, Object> subscription =
        Map.of(
            "writeKey",
            Http.WRITE_KEY,
            "anonymousId",
            browser,
            "subscription",
            by.subscription(),
            "key",
            key,
            "asked",
            true,
            "wording",
            "Yes, " + FIRST);
    HttpResponse<String> answer =
        ripen
            .http()
            .post(
                "/v1/push/subscribe",
                "text/plain",
                JsonMapper.shared().writeValueAsString(subscription));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** By the button of the popup, whose copy is in the mailbox. */
  private String tokenForTelegram(String lead) {
    Mail popup =
        soon("the popup's copy").until(() -> ripen.mailsTo(lead), all -> !all.isEmpty()).getLast();
    String link =
        popup.links().stream()
            .filter(each -> each.contains("/r/") || each.contains("t.me/"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no link in " + popup.links()));
    String target =
        link.contains("t.me/")
            ? link
            : ripen.http().get(link).headers().firstValue("Location").orElseThrow();
    Matcher start = Pattern.compile("https://t\\.me/ripen_bot\\?start=([\\w-]+).*").matcher(target);
    assertThat(start.matches()).as(target).isTrue();
    return start.group(1);
  }

  private void answersByAllChannels() {
    Twilio.here().hears(ripen.http(), PHONE, "This is %s, of %s".formatted(FIRST, CHAT));
    telegram.hears(TELEGRAM, FIRST, LAST, "I live at " + CHAT);
    soon("both answers")
        .until(
            () ->
                ripen.database().namesOfEventsWith("I live at " + CHAT).size() == 1
                    && ripen
                            .database()
                            .namesOfEventsWith("This is %s, of %s".formatted(FIRST, CHAT))
                            .size()
                        == 1);
  }

  /** As the mail server hands it over: what they wrote, and what programs say of them. */
  private void writesByMail() {
    String reminder =
        ripen.mailsTo(EMAIL).stream()
            .filter(mail -> mail.isOf("abandoned-cart"))
            .findFirst()
            .orElseThrow()
            .header("Message-ID");
    String answer = "It is %s, send it to %s".formatted(FIRST, CHAT);
    String another = "And by the way, %s knows %s".formatted(LAST, STREET);
    handsOver(letter("Re: %s".formatted(FIRST), "In-Reply-To: " + reminder, answer));
    handsOver(letter("%s asks".formatted(LAST), "X-From-Street: " + STREET, another));
    soon("the answer, and the other letter")
        .untilAsserted(
            () -> {
              assertThat(ripen.database().namesOfEventsWith(answer))
                  .containsExactly("Message Replied");
              assertThat(ripen.database().namesOfEventsWith(another))
                  .containsExactly("Chat Message Received");
            });
    handsOver(
        letter("Undelivered: %s %s".formatted(FIRST, LAST), "Auto-Submitted: auto-replied", CHAT)
            .replaceFirst("From: .*", "From: %s <MAILER-DAEMON@mx.example.com>".formatted(FIRST)));
    handsOver(
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.com
        To: shop@example.com
        Message-ID: <%1$s@mx.example.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="part"

        --part
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com

        Final-Recipient: rfc822; %2$s
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <%2$s>: %3$s %4$s has moved away from %5$s

        --part
        Content-Type: text/rfc822-headers

        To: %3$s %4$s <%2$s>
        Message-ID: %6$s

        --part--
        """
            .formatted(UUID.randomUUID(), EMAIL, FIRST, LAST, STREET, reminder));
    soon("the bounce").until(() -> ripen.database().isClosed(EMAIL));
  }

  private static String letter(String subject, String header, String text) {
    return """
    From: %s %s <%s>
    To: Ripen Shop <shop@example.com>
    Message-ID: <%s@planted.example.com>
    Subject: %s
    %s
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    %s
    """
        .formatted(FIRST, LAST, EMAIL, UUID.randomUUID(), subject, header, text);
  }

  private void handsOver(String message) {
    HttpResponse<String> answer = ripen.http().deliver(message);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Providers refuse, and quote. */
  private void isNoMoreWhereTheyWere(String lead) {
    Twilio.here().refuses(PHONE);
    telegram.refuses(
        TELEGRAM,
        "Bad Request: can't parse entities: Unsupported start tag \"%s\" at byte offset 5"
            .formatted(FIRST));
    PushServer.here().forget(PUSH);
    for (String channel : List.of("sms", "messenger", "push")) {
      flows.begin("says-by-" + channel, lead).awaitEnd("notSent");
    }
    // The subscription that is gone was forgotten with it; this one is there to be erased.
    takesNotifications(PushServer.here().device(PUSH + "-anew"));
  }

  private void fillsIn() {
    JsonNode begun = Http.json(ripen.http().get("/forms/contact/token"));
    ripen.advance(Duration.ofSeconds(5));
    Map<String, String> fields = new HashMap<>();
    fields.put("firstName", FIRST);
    fields.put("lastName", LAST);
    fields.put("email", EMAIL);
    fields.put("phone", PHONE);
    fields.put("topic", "order");
    fields.put("message", "Please send it to %s 17".formatted(STREET));
    fields.put("_token", begun.path("token").asString());
    fields.put("_lang", "en");
    fields.put("_url", "https://shop.example.com/here");
    fields.put("_visitor", browser);
    HttpResponse<String> answer =
        ripen
            .http()
            .post(
                "/forms/contact",
                "application/x-www-form-urlencoded",
                fields.entrySet().stream()
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                    .collect(Collectors.joining("&")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void chats() {
    HttpResponse<String> answer =
        ripen
            .http()
            .post(
                "/v1/onsite/chat",
                "text/plain",
                JsonMapper.shared()
                    .writeValueAsString(
                        Map.of(
                            "writeKey",
                            Http.WRITE_KEY,
                            "anonymousId",
                            browser,
                            "id",
                            UUID.randomUUID().toString(),
                            "text",
                            "I live at %s, call %s".formatted(CHAT, PHONE))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** At the door, and on the topic: what is no JSON, no event, and what PostgreSQL refuses. */
  private void isRefused() {
    assertThat(
            ripen
                .http()
                .post(List.of(Map.of("type", FIRST, "anonymousId", browser, "email", EMAIL)))
                .statusCode())
        .isEqualTo(400);
    put("{\"anonymousId\": \"%s\", %s".formatted(browser, EMAIL));
    put("{\"type\": \"%s\", \"email\": \"%s\"}".formatted(FIRST, EMAIL));
    Map<String, Object> unknown =
        event("track", Map.of("event", "Order Cancelled", "properties", Map.of("name", FIRST)));
    unknown.put("leadId", UUID.randomUUID().toString());
    put(unknown);
    ripen.database().refusesLeadWith(EMAIL);
  }

  /** The old event once more, and one with a new id from the same time. */
  private void comesAgain() {
    put(identify);
    Map<String, Object> late = new HashMap<>(identify);
    late.put("messageId", UUID.randomUUID().toString());
    put(late);
    settles();
  }

  /** Waits until all that is on this browser's partition has been applied. */
  private void settles() {
    String last = UUID.randomUUID().toString();
    Map<String, Object> marker = event("track", Map.of("event", "Looked Around"));
    marker.put("anonymousId", "marker-" + last);
    marker.put("messageId", last);
    put(marker);
    soon("the events")
        .until(() -> ripen.database().hasEvent(last) && ripen.database().pendingSignals() == 0);
  }

  private void put(Map<String, Object> event) {
    put(JsonMapper.shared().writeValueAsString(event));
  }

  private void put(String event) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", ripen.kafka()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = producer.send(new ProducerRecord<>("ripen.events", browser, event));
    }
  }

  private Map<String, Object> event(String type, Map<String, Object> content) {
    Map<String, Object> event = new HashMap<>(content);
    event.put("type", type);
    event.put("anonymousId", browser);
    event.put("messageId", UUID.randomUUID().toString());
    event.put("timestamp", java.time.Instant.now().toString());
    return event;
  }

  private String metrics() {
    StringBuilder all = new StringBuilder();
    for (JsonNode name : Http.json(ripen.http().get("/actuator/metrics")).path("names")) {
      all.append(ripen.http().get("/actuator/metrics/" + name.asString()).body());
    }
    assertThat(all).contains("ripen");
    return all.toString();
  }

  private Child ended(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("leads", command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", ripen.http().uri("/").toString()));
    Child child = Child.start("leads-" + command, Build.ripen(List.of(), all), Map.of());
    child.awaitEnd(Duration.ofMinutes(3));
    assertThat(child.exitCode()).as(child.output()).isZero();
    return child;
  }

  /** The files with a planted word, each with the words around it. */
  private static List<String> filesWith(Path folder) throws IOException {
    return filesWith(folder, PLANTED);
  }

  private static List<String> filesWith(Path folder, List<String> words) throws IOException {
    assertThat(folder).isDirectory();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> places(file, words).map(place -> folder.relativize(file) + ": " + place))
          .limit(20)
          .toList();
    }
  }

  private static Stream<String> places(Path file, List<String> words) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (java.nio.file.NoSuchFileException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream()
        .map(word -> lower.indexOf(word.toLowerCase(Locale.ROOT)))
        .filter(at -> at >= 0)
        .map(at -> text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200)));
  }
}
