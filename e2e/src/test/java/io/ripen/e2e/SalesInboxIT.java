package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Leads that are handed over to people: in real browsers, on the real broker. */
@ExtendWith(RipenExtension.class)
class SalesInboxIT {

  private static final String FLOW = "sales-handoff";

  private static final Duration HALF = Duration.ofHours(2).plusMinutes(1);

  private final LocalRipen ripen;
  private final Browser browser;
  private Zeebe zeebe;
  private SalesTab anna;

  SalesInboxIT(LocalRipen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser;
  }

  @BeforeEach
  void anna_comes_to_work() {
    zeebe = new Zeebe(ripen);
    anna = new SalesTab(ripen, browser, "anna", "sales");
  }

  @AfterEach
  void anna_goes_home() {
    anna.close();
    zeebe.close();
  }

  @Test
  void hand_off_appears_with_the_lead_s_story_and_its_outcome_ends_the_flow() {
    Lead lead = becomesSql("Zsofia");
    Locator line = anna.awaitLine("mine", lead.name(), "offered to you");
    assertThat(line).containsText("Take the lead");
    assertThat(line.locator(".sla")).containsText("left");
    Browser.screenshots(anna.page(), "sales");

    anna.opensTask(lead.name());
    assertThat(anna.page().locator(".timeline")).containsText("Became SQL (was LEAD)");
    Browser.screenshots(anna.page(), "sales-take");
    anna.takesLead();

    anna.press("Record the outcome");
    assertThat(anna.page().getByText("Please say how it ended.")).isVisible();
    assertThat(anna.page().getByLabel("Could not be reached")).isHidden();
    anna.chooses("Disqualified: no lead at all").press("Record the outcome");
    assertThat(anna.page().getByText("Please say why it is no lead.")).isVisible();
    Browser.screenshots(anna.page(), "sales-outcome");

    long before = ripen.database().completedAt(FLOW, "endEvent_disqualified");
    anna.chooses("Could not be reached").chooses("There is none");
    anna.page().getByLabel("Remark").fill("Zsófia's number rings in a shop");
    anna.press("Record the outcome");
    assertThat(anna.page().getByText("(Disqualified: no lead at all)")).isVisible();
    soon("the end of the flow")
        .until(() -> ripen.database().completedAt(FLOW, "endEvent_disqualified") == before + 1);
    soon("the outcome on the timeline")
        .untilAsserted(
            () ->
                assertThat(story(lead))
                    .contains(
                        "Sales: Disqualified: no lead at all · Could not be reached",
                        "Budget: There is none",
                        "recorded by " + anna.name(),
                        "by %s · in flow sales-handoff, step “to sales”".formatted(anna.name()),
                        "by %s · in flow sales-handoff, step “disqualified”"
                            .formatted(anna.name())));
  }

  @ParameterizedTest
  @CsvSource({
    "Won: they bought, endEvent_won",
    "'No need: declined, or does not fit', endEvent_noNeed"
  })
  void each_outcome_has_its_end(String outcome, String end) {
    long before = ripen.database().completedAt(FLOW, end);
    Lead lead = becomesSql("Agnes");
    anna.opensTask(lead.name()).takesLead().chooses(outcome).press("Record the outcome");

    soon("the end of the flow").until(() -> ripen.database().completedAt(FLOW, end) == before + 1);
  }

  @Test
  void lead_that_has_moved_on_is_taken_from_sales() {
    long notTaken = ripen.database().completedAt(FLOW, "endEvent_toSalesImpossible");
    Lead gone = becomesSql("Gizi");
    ripen.tell("Stage Changed", gone.id(), Map.of("to", "DISQUALIFIED", "reason", "for the test"));
    soon("the decision").until(() -> ripen.database().stageOf(gone.id()).equals("DISQUALIFIED"));
    anna.opensTask(gone.name()).press("Take this lead");
    soon("the end of the flow")
        .until(
            () -> ripen.database().completedAt(FLOW, "endEvent_toSalesImpossible") == notTaken + 1);
  }

  @Test
  void lead_taken_in_tasklist_without_a_name_waits_for_somebody_to_take_it() {
    Lead lead = becomesSql("Ilona");
    anna.opensTask(lead.name());

    zeebe.complete(anna.task(), Map.of());

    anna.awaitLine("all", lead.name(), "Win it or close it");
    anna.opensTask(lead.name()).takesLead();
  }

  @Test
  void lead_without_an_outcome_for_a_week_is_asked_about() {
    String annas = anna.leavesAddress();
    Lead lead = becomesSql("Judit");
    anna.opensTask(lead.name()).takesLead();

    ripen.advance(Duration.ofDays(7).plusMinutes(1));

    anna.awaitLine("late", lead.name(), "A week without an outcome");
    isTold(annas, "A week without an outcome", lead);
    ripen.advance(Duration.ofDays(7));
    soon("an e-mail each week")
        .until(
            () ->
                ripen.mailsTo(annas).stream()
                        .filter(mail -> mail.subject().endsWith("A week without an outcome"))
                        .count()
                    == 2);
  }

  @Test
  void of_two_who_take_a_lead_at_once_one_has_it_and_the_other_is_told_who() {
    Lead lead = becomesSql("Bela");
    try (SalesTab ben = new SalesTab(ripen, browser, "ben", "sales")) {
      anna.opensTask(lead.name());
      ben.opensTask(lead.name());

      anna.pressAndGoOn("Take this lead");
      ben.pressAndGoOn("Take this lead");

      List<String> seen = Stream.of(anna, ben).map(SalesInboxIT::whatCameOfIt).toList();
      assertThat(seen)
          .satisfiesAnyOf(
              both -> {
                assertThat(both.getFirst()).contains("How did it end?");
                assertThat(both.getLast()).contains(anna.name() + " was faster");
              },
              both -> {
                assertThat(both.getLast()).contains("How did it end?");
                assertThat(both.getFirst()).contains(ben.name() + " was faster");
              });
    }
  }

  @Test
  void who_gives_a_lead_back_lets_the_others_have_it() {
    Lead lead = becomesSql("Csaba");
    anna.opensTask(lead.name()).takesLead().press("Give it back to the team");
    assertThat(anna.page().getByText("Take this lead")).isVisible();
    String annas = anna.leavesAddress();
    ripen.advance(HALF);
    anna.awaitLine("team", lead.name(), "Half of the time is gone");
    isTold(annas, "Half of the time is gone", lead);

    try (SalesTab ben = new SalesTab(ripen, browser, "ben", "sales")) {
      ben.opensTask(lead.name()).takesLead();
      anna.awaitLine("all", lead.name(), ben.name());
    }
  }

  @Test
  void lead_that_nobody_takes_is_reminded_of_and_then_comes_to_the_team_leads() {
    Lead lead = becomesSql("Dora");
    anna.awaitLine("team", lead.name(), "Take the lead");
    String annas = anna.leavesAddress();

    ripen.advance(HALF);
    anna.awaitLine("team", lead.name(), "Half of the time is gone");
    isTold(annas, "Half of the time is gone", lead);
    try (SalesTab boss = new SalesTab(ripen, browser, "boss", "sales-leads")) {
      String bosses = boss.leavesAddress();
      ripen.advance(HALF);
      Locator line = boss.awaitLine("team", lead.name(), "Nobody took it in time");
      assertThat(line).containsText("Take over the lead");
      isTold(bosses, "Nobody took it in time", lead);
      isTold(annas, "Half of the time is gone", lead);
      Browser.screenshots(boss.page(), "sales-escalated");

      long before = ripen.database().completedAt(FLOW, "endEvent_notNow");
      boss.opensTask(lead.name()).takesLead().chooses("Not now: back to marketing");
      boss.press("Record the outcome");
      soon("the end of the flow")
          .until(() -> ripen.database().completedAt(FLOW, "endEvent_notNow") == before + 1);
    }
  }

  @Test
  void lead_who_buys_meanwhile_leaves_the_inbox() {
    Lead lead = becomesSql("Eszter");
    anna.opensTask(lead.name());
    ripen.http().post(List.of(lead.shopper().buys(Product.KETTLE)));

    soon("an end without a call")
        .untilAsserted(
            () -> {
              anna.page().reload();
              assertThat(anna.page().locator("#todo").innerText()).contains("This is over.");
            });
    anna.open("/sales?show=all&q=" + lead.name());
    assertThat(anna.page().getByText("Nothing found")).isVisible();
  }

  /** By one e-mail alone, which leads to the task and says nothing of the lead itself. */
  private void isTold(String address, String note, Lead lead) {
    soon("an e-mail to " + address)
        .untilAsserted(
            () ->
                assertThat(ripen.mailsTo(address))
                    // Leads of other tests wait as well.
                    .filteredOn(mail -> leadsTo(mail.link("Open it")).contains(lead.name()))
                    .singleElement()
                    .satisfies(
                        mail -> {
                          assertThat(mail.subject()).isEqualTo("Sales inbox: " + note);
                          assertThat(mail.text())
                              .doesNotContain(lead.name(), lead.shopper().email(), lead.id());
                        }));
  }

  /** The heading of the page, or of the one that it leads on to. */
  private String leadsTo(String link) {
    HttpResponse<String> page = ripen.http().get(link);
    return Jsoup.parse(
            page.headers()
                .firstValue("Location")
                .map(next -> ripen.http().get(next).body())
                .orElseGet(page::body))
        .select("h1")
        .text();
  }

  /** A person who is ready for sales. */
  private record Lead(Shopper shopper, String name, String id) {}

  private Lead becomesSql(String firstName) {
    Shopper shopper = Shopper.named(firstName.toLowerCase(java.util.Locale.ROOT));
    String name = firstName + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> identify = new java.util.HashMap<>(shopper.identifies());
    identify.put("traits", Map.of("email", shopper.email(), "firstName", name));
    assertThat(ripen.http().post(List.of(identify)).statusCode()).isEqualTo(200);
    String id =
        soon("the lead").until(() -> ripen.database().leadOf(shopper), lead -> lead != null);
    decide(id, "SQL");
    return new Lead(shopper, name, id);
  }

  /** As Ripen itself tells of a decision about a stage. */
  private void decide(String lead, String stage) {
    String event =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "messageId",
                    UUID.randomUUID().toString(),
                    "type",
                    "track",
                    "event",
                    "Stage Changed",
                    "leadId",
                    lead,
                    "site",
                    "shop",
                    "properties",
                    Map.of("to", stage, "reason", "asked for an offer")));
    try (KafkaProducer<String, String> kafka =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", "127.0.0.1:" + ripen.kafkaPort()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = kafka.send(new ProducerRecord<>("ripen.events", lead, event));
    }
  }

  private static String whatCameOfIt(SalesTab person) {
    return soon("what came of it for " + person.name())
        .until(
            () -> person.page().locator("main").innerText(),
            text -> text.contains("How did it end?") || text.contains("was faster"));
  }

  private String story(Lead lead) {
    return Jsoup.parse(ripen.http().get("/leads/" + lead.id()).body()).text();
  }
}
