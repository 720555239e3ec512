package io.ripen.engine.signals;

import static io.ripen.engine.signals.Occurrences.NOON;
import static io.ripen.engine.signals.Occurrences.cart;
import static io.ripen.engine.signals.Occurrences.decided;
import static io.ripen.engine.signals.Occurrences.engaged;
import static io.ripen.engine.signals.Occurrences.known;
import static io.ripen.engine.signals.Occurrences.of;
import static io.ripen.engine.signals.Occurrences.order;
import static io.ripen.engine.signals.Occurrences.page;
import static io.ripen.engine.signals.Occurrences.progress;
import static io.ripen.engine.signals.Occurrences.track;
import static io.ripen.engine.signals.Occurrences.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignalTableTest {

  static final Path SHIPPED = Path.of("../bpmn/signals.dmn");

  private static final String FAILED = "ripen.tables.rules.failed";

  /** Parses, and fails when it is evaluated. */
  private static final String FAILING = "assert(null, false)";

  private static final String ENGAGED = "lead.engaged/LEAD/PT1M";
  private static final String BANT = "bant.answered/LEAD/PT0S";
  private static final String TRIAL = "trial.requested/EVENT/PT0S";
  private static final String CALL = "call.needed/ANSWER/PT0S";
  private static final String RECEIVED = "message.received/EVENT/PT0S";

  private static final FactTable<Occurrence, SignalRule> TABLE = read(SHIPPED);

  @TempDir Path folder;

  static Stream<Arguments> occurrences() {
    return Stream.of(
        Arguments.of("a changed cart", cart("updated"), List.of("cart.updated/CART/PT0S")),
        Arguments.of("an emptied cart", cart("emptied"), List.of("cart.emptied/CART/PT10M")),
        Arguments.of(
            "an order with its cart",
            order("placed", true),
            List.of("order.placed/CART/PT10M", "purchase.made/LEAD/PT10S")),
        Arguments.of(
            "an order without one",
            order("placed", false),
            List.of("order.placed/ORDER/PT10M", "purchase.made/LEAD/PT10S")),
        Arguments.of(
            "an order of a customer",
            of("CUSTOMER", false, order("placed", false)),
            List.of(
                "order.placed/ORDER/PT10M", "purchase.made/LEAD/PT10S", "bought.again/LEAD/PT0S")),
        Arguments.of(
            "an order that makes a customer",
            of("CUSTOMER", true, order("placed", false)),
            List.of(
                "order.placed/ORDER/PT10M",
                "purchase.made/LEAD/PT10S",
                "stage.changed/LEAD/PT10M",
                "stage.customer/LEAD/PT0S",
                "became.customer/LEAD/PT10S")),
        Arguments.of(
            "a cancelled order", order("cancelled", false), List.of("order.cancelled/ORDER/PT0S")),
        Arguments.of("a first visit", page(1, true, 1, true), List.of()),
        Arguments.of("a second visit", page(2, true, 1, true), List.of("site.revisited/LEAD/PT0S")),
        Arguments.of("its second page", page(2, false, 1, true), List.of()),
        Arguments.of(
            "a page's third visit", page(3, false, 3, true), List.of("page.revisited/LEAD/PT0S")),
        Arguments.of("the same page again", page(3, false, 3, false), List.of()),
        Arguments.of("three minutes on a page", dwelled(180), List.of("page.revisited/LEAD/PT0S")),
        Arguments.of("less than that", dwelled(179), List.of()),
        Arguments.of(
            "both at once",
            page(3, true, 3, true),
            List.of("site.revisited/LEAD/PT0S", "page.revisited/LEAD/PT0S")),
        Arguments.of(
            "a registration begun",
            track("Registration Started"),
            List.of("registration.started/LEAD/PT3M")),
        Arguments.of(
            "a registration", track("Signed Up"), List.of("registration.completed/LEAD/PT10S")),
        Arguments.of(
            "a product's page",
            known(track("Product Viewed")),
            List.of("product.browsed/LEAD/PT0S")),
        Arguments.of("a product's page, by anybody", track("Product Viewed"), List.of()),
        Arguments.of("an article read", track("Page Read"), List.of("content.consumed/LEAD/PT0S")),
        Arguments.of(
            "an e-book", track("Lead Magnet Downloaded"), List.of("content.consumed/LEAD/PT0S")),
        Arguments.of(
            "who asks for texts",
            track("Text Messages Requested"),
            List.of("texts.requested/LEAD/PT1M")),
        Arguments.of(
            "a yes to e-mail",
            by("email", track("Consent Granted")),
            List.of("consent.given/LEAD/PT10S")),
        Arguments.of(
            "a yes to marketing by e-mail",
            to("marketing", by("email", track("Consent Granted"))),
            List.of("consent.given/LEAD/PT10S")),
        Arguments.of(
            "a yes to the newsletter",
            to("newsletter", by("email", track("Consent Granted"))),
            List.of("consent.given/LEAD/PT10S", "newsletter.agreed/LEAD/PT10S")),
        Arguments.of(
            "a yes to all that a browser may show",
            to("newsletter", by("push", track("Consent Granted"))),
            List.of("consent.given/LEAD/PT10S")),
        Arguments.of(
            "a yes by a channel that nobody named",
            track("Consent Granted"),
            List.of("consent.given/LEAD/PT10S")),
        Arguments.of(
            "a yes to texts",
            by("sms", track("Consent Granted")),
            List.of("texts.agreed/LEAD/PT10S")),
        Arguments.of(
            "a STOP",
            by("sms", track("Message Unsubscribed")),
            List.of("consent.withdrawn/LEAD/PT10S", "texts.refused/LEAD/PT10S")),
        Arguments.of(
            "a no to marketing by e-mail",
            to("marketing", by("email", track("Consent Withdrawn"))),
            List.of("consent.withdrawn/LEAD/PT10S", "marketing.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "an unsubscribe from marketing",
            to("marketing", by("email", track("Message Unsubscribed"))),
            List.of("consent.withdrawn/LEAD/PT10S", "marketing.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "one from the newsletter",
            to("newsletter", by("email", track("Message Unsubscribed"))),
            List.of("consent.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "one that does not say from what",
            by("email", track("Message Unsubscribed")),
            List.of("consent.withdrawn/LEAD/PT10S", "marketing.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "a complaint",
            by("email", track("Message Complained")),
            List.of("consent.withdrawn/LEAD/PT10S", "marketing.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "a no to the newsletter",
            to("newsletter", by("email", track("Consent Withdrawn"))),
            List.of("consent.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "who switches off notifications",
            to("marketing", by("push", track("Consent Withdrawn"))),
            List.of("consent.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "who blocks the bot",
            by("telegram", track("Message Unsubscribed")),
            List.of("consent.withdrawn/LEAD/PT10S")),
        Arguments.of(
            "a reply by e-mail",
            by("email", track("Message Replied")),
            List.of("replied/LEAD/PT1M", RECEIVED)),
        Arguments.of(
            "a reply by a way that nobody named",
            track("Message Replied"),
            List.of("replied/LEAD/PT1M", RECEIVED)),
        Arguments.of(
            "a reply in the chat",
            by("chat", track("Message Replied")),
            List.of("replied/LEAD/PT1M", "help.requested/LEAD/PT0S")),
        Arguments.of(
            "who writes by text and answers nothing of ours",
            by("sms", track("Chat Message Received")),
            List.of(RECEIVED)),
        Arguments.of(
            "who writes in the chat", by("chat", track("Chat Message Received")), List.of()),
        Arguments.of("who writes HELP", by("sms", track("Help Asked")), List.of()),
        Arguments.of(
            "enough points",
            progress("LEAD", false, 20, 35),
            List.of("content.consumed/LEAD/PT0S", "score.crossed/LEAD/PT1M")),
        Arguments.of(
            "more of them", progress("LEAD", false, 35, 50), List.of("content.consumed/LEAD/PT0S")),
        Arguments.of(
            "enough points of who cannot be reached",
            unreachable(progress("VISITOR", false, 20, 35)),
            List.of("content.consumed/LEAD/PT0S")),
        Arguments.of(
            "who leaves a way to reach them, with enough points already",
            progress("LEAD", true, 35, 35),
            List.of(
                "content.consumed/LEAD/PT0S",
                "score.crossed/LEAD/PT1M",
                "stage.changed/LEAD/PT10M",
                "stage.lead/LEAD/PT0S")),
        Arguments.of(
            "who leaves it and has enough points by that",
            progress("LEAD", true, 20, 35),
            List.of(
                "content.consumed/LEAD/PT0S",
                "score.crossed/LEAD/PT1M",
                "stage.changed/LEAD/PT10M",
                "stage.lead/LEAD/PT0S")),
        Arguments.of(
            "who comes back from sales with enough points",
            decided(progress("LEAD", true, 35, 35)),
            List.of("stage.changed/LEAD/PT10M", "stage.lead/LEAD/PT0S")),
        Arguments.of(
            "a lead",
            progress("LEAD", true, 0, 15),
            List.of(
                "content.consumed/LEAD/PT0S", "stage.changed/LEAD/PT10M", "stage.lead/LEAD/PT0S")),
        Arguments.of(
            "one for sales",
            progress("SQL", true, 35, 35),
            List.of(
                "content.consumed/LEAD/PT0S",
                "stage.changed/LEAD/PT10M",
                "stage.sql/LEAD/PT0S",
                "became.sql/LEAD/PT10S")),
        Arguments.of(
            "a lead who has answered and comes back",
            engaged(track("Element Clicked"), "LEAD", 2, true, 1),
            List.of("site.revisited/LEAD/PT0S", ENGAGED)),
        Arguments.of(
            "one who has answered nothing",
            engaged(track("Element Clicked"), "LEAD", 2, true, 0),
            List.of("site.revisited/LEAD/PT0S")),
        Arguments.of(
            "one who is further",
            engaged(track("Element Clicked"), "MQL", 2, true, 1),
            List.of("site.revisited/LEAD/PT0S")),
        Arguments.of(
            "one who goes on with the visit",
            engaged(track("Element Clicked"), "LEAD", 2, false, 1),
            List.of()),
        Arguments.of(
            "an answer of who has been back",
            engaged(answer("material"), "LEAD", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M", ENGAGED)),
        Arguments.of(
            "an answer at the first visit",
            engaged(answer("material"), "LEAD", 1, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "an answer that nurturing goes on with",
            engaged(answer("topic"), "LEAD", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a yes to a trial",
            engaged(answer("trial"), "LEAD", 2, false, 1),
            List.of(TRIAL, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a yes to a trial of who cannot be reached",
            answer("trial"),
            List.of(TRIAL, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a no to a trial",
            known(answer("trial", "no")),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "an answer to a file that was asked for",
            engaged(answer("current"), "LEAD", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a yes to an offer of help",
            engaged(answer("help"), "LEAD", 2, false, 1),
            List.of(
                "help.requested/LEAD/PT0S",
                "answer.given/LEAD/PT10M",
                "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a no to an offer of help",
            answer("help", "no"),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "who writes by the contact form",
            known(track("Contact Requested")),
            List.of("contact.requested/LEAD/PT0S")),
        Arguments.of("who writes and left no address", track("Contact Requested"), List.of()),
        Arguments.of(
            "an answer of before a not now that comes late",
            engaged(answer("material"), "LEAD", 2, false, 0),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "an answer of a customer",
            engaged(answer("happy"), "CUSTOMER", 5, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a customer who is not happy",
            answer("happy", "no"),
            List.of(CALL, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a salesperson who writes that down",
            writtenDown(answer("happy", "no")),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "who cancelled because of the delivery",
            answer("cancelReason", "delivery"),
            List.of(CALL, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "who cancelled for a reason that nobody thought of",
            answer("cancelReason", "other"),
            List.of(CALL, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "who changed their mind",
            answer("cancelReason", "changedMind"),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "an answer that a salesperson wrote down",
            engaged(writtenDown(answer("budget")), "LEAD", 5, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "an answer to one of the four questions",
            engaged(answer("need"), "LEAD", 2, false, 1),
            List.of(BANT, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a no to one of them, of who was asked before",
            engaged(answer("budget", "no"), "MQL", 1, false, 1),
            List.of(BANT, "answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "one of the four of who is with sales",
            engaged(answer("timing", "now"), "SQL", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "one of the four of before a not now",
            engaged(answer("need"), "LEAD", 2, false, 0),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "one of the four of who cannot be reached",
            answer("need"),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a yes to an invitation",
            engaged(answer("webinar"), "LEAD", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M", ENGAGED)),
        Arguments.of(
            "a no to an invitation",
            engaged(answer("event", "no"), "LEAD", 2, false, 1),
            List.of("answer.given/LEAD/PT10M", "question.answered/ANSWER/PT10M")),
        Arguments.of(
            "a yes to more of nurturing",
            engaged(answer("stillThere"), "LEAD", 2, false, 1),
            List.of(
                "answer.given/LEAD/PT10M",
                "question.answered/ANSWER/PT10M",
                "still.there/LEAD/PT10M")),
        Arguments.of("anything else", track("Element Clicked"), List.of()));
  }

  private static Occurrence answer(String question) {
    return answer(question, "yes");
  }

  private static Occurrence answer(String question, String answer) {
    Occurrence occurrence = track("Question Answered");
    occurrence.event().properties().put("question", question).put("answer", answer);
    return occurrence;
  }

  private static Occurrence writtenDown(Occurrence occurrence) {
    occurrence.event().properties().put("by", "olga");
    return occurrence;
  }

  private static Occurrence dwelled(int seconds) {
    Occurrence occurrence = track("Page Dwelled");
    occurrence.event().properties().put("seconds", seconds);
    return occurrence;
  }

  private static Occurrence by(String channel, Occurrence occurrence) {
    occurrence.event().properties().put("channel", channel);
    return occurrence;
  }

  private static Occurrence to(String purpose, Occurrence occurrence) {
    occurrence.event().properties().put("purpose", purpose);
    return occurrence;
  }

  @ParameterizedTest(name = "{0} raises {2}")
  @MethodSource("occurrences")
  void the_shipped_table_raises_what_it_says(
      String what, Occurrence occurrence, List<String> expected) {
    assertThat(raised(TABLE, occurrence)).isEqualTo(expected);
  }

  /** Whatever starts a flow, requests for longer, and nothing that ends one. */
  @ParameterizedTest
  @CsvSource({
    "Text Messages Requested, 7, true",
    "Subscription Requested, 7, true",
    "Lead Magnet Requested, 7, true",
    "Contact Requested, 7, true",
    "Registration Started, 1, true",
    "Consent Granted, 1000, false",
    "Message Unsubscribed, 1000, false",
    "Signed Up, 1000, false",
  })
  void an_event_of_long_ago_is_told_only_to_what_it_may_end(String event, int days, boolean ages) {
    assertThat(TABLE.matching(known(track(event)), rule -> true))
        .isNotEmpty()
        .allSatisfy(rule -> assertAge(rule, days, ages));
  }

  @ParameterizedTest
  @CsvSource({
    "trial, yes, trial.requested",
    "help, yes, help.requested",
    "happy, no, call.needed",
    "cancelReason, other, call.needed",
  })
  void who_asked_a_weekend_ago_is_still_heard(String question, String answer, String signal) {
    assertThat(
            TABLE.matching(known(answer(question, answer)), rule -> rule.signal().equals(signal)))
        .singleElement()
        .satisfies(rule -> assertAge(rule, 7, true));
  }

  private static void assertAge(SignalRule rule, int days, boolean ages) {
    assertThat(rule.isTooLate(NOON, NOON.plus(Duration.ofDays(days)))).isFalse();
    assertThat(rule.isTooLate(NOON, NOON.plus(Duration.ofDays(days)).plusSeconds(1)))
        .isEqualTo(ages);
  }

  /** A mailbox may have been out of reach over a holiday. */
  @Test
  void a_reply_is_read_by_somebody_however_late_it_comes_in() {
    assertThat(TABLE.matching(by("email", track("Message Replied")), rule -> true))
        .noneMatch(rule -> rule.isTooLate(NOON, NOON.plus(Duration.ofDays(29))));
  }

  @Test
  void each_reply_starts_a_run_of_its_own() {
    Occurrence reply = track("Message Replied");
    assertThat(Correlation.EVENT.key(reply)).isEqualTo(reply.event().messageId());
    assertThat(Correlation.EVENT.isByLead()).isFalse();
  }

  @Test
  void what_nobody_waits_for_is_not_raised() {
    assertThat(TABLE.matching(cart("updated"), rule -> rule.signal().equals("cart.emptied")))
        .isEmpty();
  }

  @Test
  void a_rule_may_look_at_what_the_event_carries() throws IOException {
    FactTable<Occurrence, SignalRule> byPlan =
        read(
            file(
                shipped()
                    .replace("<text>event.name</text>", "<text>event.properties.plan</text>")
                    .replace("\"Signed Up\"", "\"gold\"")));
    Occurrence gold = track("Anything");
    gold.event().properties().put("plan", "gold");
    assertThat(raised(byPlan, gold)).containsExactly("registration.completed/LEAD/PT10S");
    assertThat(raised(byPlan, track("Anything"))).isEmpty();
  }

  @Test
  void cells_of_more_than_plain_values_are_left_to_the_engine() throws IOException {
    FactTable<Occurrence, SignalRule> odd =
        read(
            file(
                shipped()
                    .replace("<text>&gt;= 2</text>", "<text>[2..4], &gt; 10</text>")
                    .replace("\"Signed Up\"", "starts with(?, \"Signed\")")));
    assertThat(raised(odd, page(4, true, 1, true))).containsExactly("site.revisited/LEAD/PT0S");
    assertThat(raised(odd, page(5, true, 1, true))).isEmpty();
    assertThat(raised(odd, page(11, true, 1, true))).containsExactly("site.revisited/LEAD/PT0S");
    assertThat(raised(odd, track("Signed In"))).hasSize(1);
  }

  @Test
  void a_cell_that_cannot_be_evaluated_costs_its_own_rule_only() throws IOException {
    var meters = new SimpleMeterRegistry();
    FactTable<Occurrence, SignalRule> failing =
        SignalTable.read(file(shipped().replace("\"Signed Up\"", FAILING)), meters);

    assertThat(raised(failing, order("placed", true)))
        .containsExactly("order.placed/CART/PT10M", "purchase.made/LEAD/PT10S");
    assertThat(raised(failing, page(3, true, 3, true)))
        .containsExactly("site.revisited/LEAD/PT0S", "page.revisited/LEAD/PT0S");
    assertThat(raised(failing, track("Signed Up"))).isEmpty();
    assertThat(meters.get(FAILED).tags("table", "signals", "rule", "10").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(3));
    assertThat(meters.find(FAILED).counters()).hasSize(1);
  }

  @Test
  void a_column_that_cannot_be_evaluated_costs_the_rules_that_look_at_it() throws IOException {
    FactTable<Occurrence, SignalRule> failing =
        SignalTable.read(
            file(shipped().replace("<text>event.name</text>", "<text>" + FAILING + "</text>")),
            new SimpleMeterRegistry());

    assertThat(raised(failing, order("placed", true)))
        .containsExactly("order.placed/CART/PT10M", "purchase.made/LEAD/PT10S");
    assertThat(raised(failing, track("Signed Up"))).isEmpty();
  }

  /** A column that is more than a name has no guard, and all is left to the engine. */
  @Test
  void no_guard_hides_what_the_engine_would_raise() throws IOException {
    String bare =
        shipped().replaceAll("<text>((?:event|lead|page|cart|order)\\.\\w+)<", "<text>($1)<");
    FactTable<Occurrence, SignalRule> unguarded = read(file(bare));
    List<Occurrence> all = new ArrayList<>();
    for (int visits : List.of(1, 2, 3)) {
      all.add(page(visits, true, visits, true));
      all.add(page(visits, false, visits, false));
    }
    List.of("updated", "emptied", "ordered").forEach(change -> all.add(cart(change)));
    for (String change : List.of("placed", "cancelled")) {
      all.add(order(change, true));
      all.add(order(change, false));
    }
    for (Occurrence occurrence : all) {
      assertThat(raised(TABLE, occurrence)).isEqualTo(raised(unguarded, occurrence));
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken("no XML", "<definitions", "<<definitions", "is no DMN file: "),
        broken("other XML", "<decision id", "<decree id", "is no DMN file: ", "decree"),
        broken("cut short", "</decision>", "", "is no DMN file: "),
        broken(
            "another decision",
            "<decision id=\"signals\"",
            "<decision id=\"scores\"",
            "has no decision with the id \"signals\" (its decisions: scores)"),
        broken("hit policy", "\"COLLECT\"", "\"FIRST\"", "the hit policy is FIRST"),
        broken(
            "aggregation",
            "hitPolicy=\"COLLECT\"",
            "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"",
            "the hit policy is COLLECT COUNT"),
        broken(
            "unknown fact",
            "<text>lead.visits</text>",
            "<text>lead.visit</text>",
            "column \"Visits so far\": nothing is known by the name lead.visit (expected: one of",
            "lead.visits"),
        broken(
            "no fact",
            "<text>lead.visits</text>",
            "<text></text>",
            "column \"Visits so far\": the expression is missing"),
        broken(
            "fact that does not parse",
            "<text>lead.visits</text>",
            "<text>lead. visits +</text>",
            "column \"Visits so far\": 'lead. visits +' is no FEEL: "),
        broken(
            "cell that does not parse",
            "<text>&gt;= 2</text>",
            "<text>&gt;= two of</text>",
            "rule 6, column \"Visits so far\": '>= two of' is no FEEL: "),
        broken(
            "unknown output",
            "name=\"timeToLive\"",
            "name=\"ttl\"",
            "the outputs are [signal, key, ttl, worthTellingFor] (expected: [signal, key,"
                + " timeToLive, worthTellingFor])"),
        broken(
            "signal's name",
            "<text>\"cart.updated\"</text>",
            "<text>\"Cart Updated\"</text>",
            "rule 1, output signal: is 'Cart Updated' (expected: small letters"),
        broken(
            "no signal",
            "<text>\"cart.updated\"</text>",
            "<text></text>",
            "rule 1, output signal: is empty (expected: a text in quotes)"),
        broken(
            "signal without quotes",
            "<text>\"cart.updated\"</text>",
            "<text>cart.updated</text>",
            "rule 1, output signal: is 'cart.updated' (expected: a text in quotes)"),
        broken(
            "key",
            "<text>\"order\"</text>",
            "<text>\"basket\"</text>",
            "rule 4, output key: is 'basket' (expected: cart, order, lead, answer or event)"),
        broken(
            "time to live",
            "<text>\"PT10M\"</text>",
            "<text>\"10 minutes\"</text>",
            "rule 2, output timeToLive: is '10 minutes' (expected: an ISO 8601 duration"),
        broken(
            "time to live below zero",
            "<text>\"PT10M\"</text>",
            "<text>\"-PT10M\"</text>",
            "rule 2, output timeToLive: is '-PT10M'"),
        broken(
            "missing cell",
            """
                    <outputEntry id="replied_key">
                      <text>"lead"</text>
                    </outputEntry>
            """,
            "",
            "rule 13 has 19 inputs and 3 outputs (expected: 19 and 4"),
        broken(
            "no age",
            "<text>\"always\"</text>",
            "<text></text>",
            "rule 2, output worthTellingFor: is empty (expected: a text in quotes)"),
        broken(
            "an age in words",
            "<text>\"always\"</text>",
            "<text>\"a day\"</text>",
            "rule 2, output worthTellingFor: is 'a day' (expected: for how long after the event, as"
                + " in P1D for a day, or always)"),
        broken(
            "no time at all",
            "<text>\"P1D\"</text>",
            "<text>\"PT0S\"</text>",
            "rule 1, output worthTellingFor: is 'PT0S'"),
        broken(
            "a start however old the event is",
            "<text>\"P1D\"</text>",
            "<text>\"always\"</text>",
            "rule 1, output worthTellingFor: is 'always' (expected: a time such as P1D, since time"
                + " to live PT0S starts flows"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void a_broken_table_is_refused_with_file_place_and_reason(
      String what, String edit, String by, List<String> expected) throws IOException {
    assertThat(shipped()).contains(edit);
    int at = shipped().indexOf(edit);
    Path file = file(shipped().substring(0, at) + by + shipped().substring(at + edit.length()));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidTable.class)
        .message()
        .startsWith(file + ": ")
        .contains(expected);
  }

  @Test
  void a_missing_table_is_named() {
    Path nowhere = folder.resolve("signals.dmn");
    assertThatThrownBy(() -> read(nowhere))
        .isInstanceOf(InvalidTable.class)
        .hasMessageStartingWith(nowhere + ": there is no such file");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws IOException {
    Path file = file(shipped().replace("\"lead\"", "\"leed\"").replace("\"PT0S\"", "\"0\""));
    assertThatThrownBy(() -> read(file))
        .hasMessageContainingAll("rule 1, output timeToLive", "rule 16, output key");
  }

  private static Arguments broken(String what, String edit, String by, String... expected) {
    return Arguments.of(what, edit, by, List.of(expected));
  }

  private static List<String> raised(
      FactTable<Occurrence, SignalRule> table, Occurrence occurrence) {
    return table.matching(occurrence, rule -> true).stream()
        .map(rule -> "%s/%s/%s".formatted(rule.signal(), rule.correlation(), rule.timeToLive()))
        .toList();
  }

  private static FactTable<Occurrence, SignalRule> read(Path file) {
    return SignalTable.read(file, new SimpleMeterRegistry());
  }

  private static String shipped() {
    try {
      return Files.readString(SHIPPED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String xml) throws IOException {
    return Files.writeString(folder.resolve("signals.dmn"), xml);
  }
}
