package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
    classes = ConsoleApplication.class,
    properties = {"server.address=127.0.0.1", "camunda.client.enabled=false"})
@AutoConfigureMockMvc
@ActiveProfiles("engine")
class ConsoleIT {

  private static final String PLANTED = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  @Autowired private MockMvc browser;
  @Autowired private JdbcClient jdbc;
  @Autowired private FakeFlowsToCome coming;
  private Story story;

  @BeforeEach
  void clear() {
    jdbc.sql(
            """
            truncate lead, score_entry, lead_identity, lead_merge, stage_change, event, signal, consent,
              suppression, touch, gate_decision, cart, customer_order, flow_version,
              flow_element_count, flow_incident, split_test, split_lead
            """)
        .update();
    story = new Story(jdbc, Instant.now());
    coming.ids = List.of();
    coming.zeebeAway = false;
  }

  @Test
  void a_name_that_is_not_this_servers_is_refused() throws Exception {
    MockHttpServletResponse answer =
        browser
            .perform(get("/leads").header("Host", "rebound.example:8090"))
            .andReturn()
            .getResponse();

    assertThat(answer.getStatus()).isEqualTo(403);
  }

  @Test
  void the_first_page_is_the_list_of_flows() throws Exception {
    MockHttpServletResponse answer = browser.perform(get("/")).andReturn().getResponse();

    assertThat(answer.getRedirectedUrl()).isEqualTo("/flows");
    assertThat(page("/flows").text())
        .contains("No flows yet", "ripen flow deploy")
        .doesNotContain("Still to come");
  }

  @Test
  void flows_that_are_still_being_deployed_are_named_and_the_page_asks_again() throws Exception {
    coming.ids = List.of("abandoned-cart", "nurturing");

    Document page = page("/flows");
    assertThat(page.text())
        .contains("Flows are on their way", "Still to come: abandoned-cart, nurturing.")
        .doesNotContain("No flows yet", "Zeebe cannot be reached");
    assertThat(page.select("#flows").attr("hx-get")).isEqualTo("/flows");
    assertThat(page.select("#flows").attr("hx-trigger")).isEqualTo("every 2s");

    coming.zeebeAway = true;
    assertThat(page("/flows").text())
        .contains("Zeebe cannot be reached yet", "Still to come: abandoned-cart, nurturing.");
  }

  @Test
  void a_flow_that_is_there_is_not_to_come_and_the_page_rests_once_all_are() throws Exception {
    ConsolePreview.seed(story);
    coming.ids = List.of("abandoned-cart", "nurturing");

    Document page = page("/flows");
    assertThat(page.select("tbody tr")).hasSize(1);
    assertThat(page.text()).contains("Still to come: nurturing.");
    assertThat(page.select("#flows").hasAttr("hx-get")).isTrue();

    coming.ids = List.of("abandoned-cart");
    page = page("/flows");
    assertThat(page.select("tbody tr")).hasSize(1);
    assertThat(page.text()).doesNotContain("Still to come");
    assertThat(page.select("#flows[hx-get], #flows[hx-trigger]")).isEmpty();
  }

  @Test
  void a_flow_is_listed_with_the_sums_of_its_versions() throws Exception {
    ConsolePreview.seed(story);

    assertThat(page("/flows").select("tbody tr").text())
        .startsWith("Abandoned cart abandoned-cart v2 and 1 older 95 851 4 3 1");
  }

  @Test
  void a_flow_shows_its_newest_version_unless_another_is_asked_for() throws Exception {
    ConsolePreview.seed(story);

    Document newest = page("/flows/abandoned-cart");
    assertThat(newest.select("[aria-current=page]").text()).contains("v2 · 73 running");
    assertThat(newest.select("#diagram").attr("data-counts"))
        .isEqualTo("/api/flows/abandoned-cart/counts?version=2");
    assertThat(page("/flows/abandoned-cart?version=1").text()).contains("Running 22");
  }

  @Test
  void the_steps_of_a_flow_stand_in_the_order_of_the_diagram_with_their_touches() throws Exception {
    ConsolePreview.seed(story);

    assertThat(page("/flows/abandoned-cart/numbers").select("section:last-of-type tbody tr"))
        .extracting(row -> row.text())
        .startsWith("Cart updated 0 134 0", "What comes first? 46 122 12")
        .contains("Send reminder incident 8 68 0 4 accepted 1 denied 1 uncertain");
  }

  @Test
  void a_gateway_without_a_name_is_listed_when_something_stands_at_it() throws Exception {
    ConsolePreview.seed(story);
    story.incident(
        Story.FLOW_2, "gateway_watchAgain", "EXTRACT_VALUE_ERROR", "no such fact", Duration.ZERO);

    assertThat(page("/flows/abandoned-cart/numbers").select("section:last-of-type tbody tr"))
        .extracting(row -> row.text())
        .contains("Exclusive gateway incident 0 180 0");
  }

  @Test
  void the_counts_are_there_for_programs() throws Exception {
    ConsolePreview.seed(story);

    JsonNode counts = json("/api/flows/abandoned-cart/counts");
    assertThat(counts.path("version").asInt()).isEqualTo(2);
    assertThat(counts.path("running").asInt()).isEqualTo(73);
    assertThat(counts.path("touches").path("accepted").asInt()).isEqualTo(4);
    assertThat(counts.path("elements").valueStream())
        .filteredOn(element -> element.path("elementId").asString().equals("waitEvent_dayLater"))
        .singleElement()
        .satisfies(element -> assertThat(element.path("active").asInt()).isEqualTo(21));
  }

  @Test
  void a_flow_without_a_split_says_nothing_of_splits() throws Exception {
    ConsolePreview.seed(story);

    assertThat(page("/flows/abandoned-cart").select(".splits section")).isEmpty();
    assertThat(json("/api/flows/abandoned-cart/splits")).isEmpty();
  }

  @Test
  void what_came_of_a_split_stands_below_its_flow() throws Exception {
    ConsolePreview.seed(story);
    ConsolePreview.splits(story);

    Document page = page("/flows/abandoned-cart/splits?version=2");
    assertThat(page.select("h2").eachText())
        .containsExactly("Exclusive gateway", "What comes first?", "Send last reminder");
    assertThat(page.select(".card-head .badge").eachText())
        .containsExactly("second subject", "a gift");
    assertThat(page.select("section").get(1).select("tbody tr").eachText())
        .containsExactly(
            "A 50 % 835 67 8.0 % 6.4 to 10.1 % 35",
            "B 50 % 840 102 12.1 % 10.1 to 14.5 % +1.2 to +7.0 points 41");
    assertThat(page.select("section").get(1).text())
        .contains("Goal: ordered within 14 days")
        .contains("which is 1.2 to 7.0 points more.");
    assertThat(page.select("section").get(0).text()).contains("the smallest has 310 now");
    assertThat(page.select("section").get(0).text())
        .as("nothing that one could stop at")
        .doesNotContain("points");
    assertThat(page.select("section").get(2).select("tbody tr").get(1).text())
        .startsWith("B better")
        .endsWith("312");
    assertThat(page("/flows/abandoned-cart").select(".splits section")).hasSize(3);
    assertThat(page("/flows/abandoned-cart?version=1").select(".splits section")).isEmpty();
  }

  @Test
  void what_came_of_a_split_is_there_for_programs() throws Exception {
    ConsolePreview.seed(story);
    ConsolePreview.splits(story);

    JsonNode splits = json("/api/flows/abandoned-cart/splits");
    assertThat(splits).hasSize(3);
    JsonNode open = splits.path(1);
    assertThat(open.path("step").asString()).isEqualTo("What comes first?");
    assertThat(open.path("element").asString()).isEqualTo("gateway_whatComesFirst");
    assertThat(open.path("finding").asString()).startsWith("B does better than A");
    assertThat(open.path("decision").isNull()).isTrue();
    assertThat(open.path("variants").path(0).path("difference").isNull()).isTrue();
    assertThat(open.path("variants").path(1).path("difference").path("low").asDouble())
        .isBetween(0.011, 0.013);
    assertThat(splits.path(2).path("decision").path("winner").asString()).isEqualTo("B");
  }

  @Test
  void the_diagram_is_handed_out_as_it_was_deployed() throws Exception {
    ConsolePreview.seed(story);

    MockHttpServletResponse bpmn = answer("/flows/abandoned-cart/bpmn?version=2");
    assertThat(bpmn.getContentType()).startsWith("application/xml");
    assertThat(bpmn.getContentAsString()).contains("<bpmn:process id=\"abandoned-cart\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/flows/nope",
        "/flows/abandoned-cart?version=9",
        "/api/flows/nope/counts",
        "/api/flows/nope/splits",
        "/flows/nope/splits",
        "/api/flows/abandoned-cart/splits?version=9",
        "/leads/nope",
        "/leads/00000000-0000-0000-0000-000000000000",
        "/api/leads/nope",
        "/api/leads/00000000-0000-0000-0000-000000000000",
        "/api/leads/00000000-0000-0000-0000-000000000000/timeline",
        "/api/leads/00000000-0000-0000-0000-000000000000/why",
        "/nowhere"
      })
  void what_is_not_there_is_not_found(String path) throws Exception {
    ConsolePreview.seed(story);

    assertThat(browser.perform(get(path)).andReturn().getResponse().getStatus()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/leads?before=x",
        "/flows/abandoned-cart?version=x",
        "/api/leads/%s/timeline?kind=nope",
        "/api/leads/%s/timeline?before=1_2",
        "/api/leads/%s/timeline?limit=x"
      })
  void what_makes_no_sense_is_refused(String path) throws Exception {
    UUID lead = ConsolePreview.seed(story);

    assertThat(
            browser
                .perform(get(URI.create(path.formatted(lead))))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(400);
  }

  @Test
  void leads_are_listed_newest_first_page_after_page_without_gap_or_repetition() throws Exception {
    ConsolePreview.seed(story);

    List<String> names = new ArrayList<>();
    String next = "/leads";
    while (!next.isEmpty()) {
      Document page = page(next);
      names.addAll(page.select("td a.row-link").eachAttr("href"));
      next = page.select("a[rel=next]").attr("href");
    }
    long visible =
        jdbc.sql("select count(*) from lead where merged_into is null").query(Long.class).single();
    assertThat(names).doesNotHaveDuplicates().hasSize((int) visible);
    assertThat(page("/leads").select("td a.row-link").first().text()).isEqualTo("Anna Nagy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna.nagy@EXAMPLE.hu", "nagy", "Anna N", "anna", "example.hu"})
  void a_lead_is_found_by_part_of_address_or_name(String search) throws Exception {
    ConsolePreview.seed(story);

    assertThat(find(search)).contains("Anna Nagy");
  }

  @Test
  void a_lead_is_found_by_each_of_its_ids() throws Exception {
    UUID anna = ConsolePreview.seed(story);
    String visitor =
        jdbc.sql("select value from lead_identity where lead_id = ?")
            .param(anna)
            .query(String.class)
            .single();

    assertThat(find(anna.toString())).containsExactly("Anna Nagy");
    assertThat(find(visitor)).containsExactly("Anna Nagy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "nobody' or '1'='1"})
  void signs_that_mean_something_to_the_database_mean_themselves(String search) throws Exception {
    ConsolePreview.seed(story);

    assertThat(find(search)).isEmpty();
  }

  /** As the gate has it: an old list brings nobody back, and a yes is for its address. */
  @Test
  void a_lead_s_page_says_of_consent_what_counts() throws Exception {
    UUID anna = story.lead("LEAD", "anna@example.com", "Anna", "Nagy", Duration.ofHours(1));
    story.consent(anna, false, "unsubscribed", Duration.ofHours(3));
    jdbc.sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof, address) values
              (:anna, 'email', 'marketing', true, now(), '{"import": "old.csv"}', null),
              (:anna, 'email', 'newsletter', true, now(), '{}', md5('bob@example.com')),
              (:anna, 'push', 'marketing', true, now(), '{}', null)
            """)
        .param("anna", anna)
        .update();

    Elements consents = page("/leads/" + anna).select("section:has(h2:matchesOwn(^Consent$)) dl");
    assertThat(consents.select(".badge").eachText()).containsExactly("no", "yes");
    assertThat(consents.text()).doesNotContain("newsletter");
  }

  @Test
  void a_lead_s_story_is_told_newest_first_with_that_of_the_visitor_it_was() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    List<String> titles = titles("/api/leads/%s/timeline?limit=500".formatted(anna));
    assertThat(titles)
        .startsWith("Looked at the cart")
        .containsSubsequence(
            "Last reminder e-mail not sent: Anna Nagy took back the consent to marketing by"
                + " e-mail 2 hours ago.",
            "Last reminder e-mail not allowed",
            "Said no to marketing by e-mail",
            "Clicked a link in an e-mail of flow abandoned-cart",
            "Reminder e-mail sent",
            "Reminder e-mail allowed",
            "Two visitors turned out to be one person",
            "Became LEAD (was VISITOR)",
            "Told who they are",
            "Signal cart.updated sent to the flows",
            "Added 2 × Juniper mug to cart")
        .endsWith("Looked at Juniper mug", "Visited Slow mornings, good tea");
  }

  @Test
  void a_lead_s_score_stands_with_what_it_is_made_of() throws Exception {
    UUID anna = story.lead("LEAD", "anna@example.com", "Anna", "Nagy", Duration.ofDays(2));
    story.points(anna, 15, "read articles", Duration.ofDays(4));
    story.points(anna, 15, "read articles", Duration.ofDays(3));
    story.points(anna, -10, "unsubscribed", Duration.ofDays(2));

    Document page = page("/leads/" + anna);
    assertThat(page.select("section:has(h2:contains(Score))").text())
        .isEqualTo("Score 20 +30 read articles 2 times -10 unsubscribed");
    assertThat(page.select("h1").text()).startsWith("Anna Nagy LEAD ");
    assertThat(page("/leads/%s?kind=points".formatted(anna)).select(".timeline .what").eachText())
        .containsExactly("-10 points", "+15 points", "+15 points");
    JsonNode found = json("/api/leads?email=anna@example.com").path(0);
    assertThat(found.path("score").asInt()).isEqualTo(20);
    assertThat(found.path("temperature").asString()).isIn("cold", "warm");
  }

  @Test
  void a_lead_is_there_for_programs() throws Exception {
    UUID anna = story.lead("LEAD", "anna@example.com", "Anna", "Nagy", Duration.ofDays(2));
    story.points(anna, 15, "read articles", Duration.ofDays(4));

    JsonNode lead = json("/api/leads/" + anna);
    assertThat(lead.path("id").asString()).isEqualTo(anna.toString());
    assertThat(lead.path("email").asString()).isEqualTo("anna@example.com");
    assertThat(lead.path("points").path(0).path("reason").asString()).isEqualTo("read articles");
  }

  @Test
  void each_change_of_stage_says_by_whom_it_was() throws Exception {
    UUID anna = story.lead("NO_NEED", "anna@example.com", "Anna", "Nagy", Duration.ofDays(2));
    story.stage(anna, "VISITOR", "SALES", "wants a call", Duration.ofDays(4));
    story.stage(anna, "SALES", "NO_NEED", "sales: no need", "olga", Duration.ofDays(3));

    Document page = page("/leads/" + anna);
    String who = "by olga · in flow sales-handoff, step “no need”";
    assertThat(page.select("section:has(h2:contains(Way))").text())
        .startsWith("Way NO_NEED sales: no need " + who)
        .contains(" SALES wants a call");
    assertThat(page("/leads/%s?kind=stage".formatted(anna)).select(".timeline").text())
        .contains("sales: no need · " + who + " · identify");
    JsonNode first = json("/api/leads/" + anna).path("stages").path(0);
    assertThat(first.path("to").asString()).isEqualTo("NO_NEED");
    assertThat(first.path("reason").asString()).isEqualTo("sales: no need");
    assertThat(first.path("by").path("person").asString()).isEqualTo("olga");
    assertThat(first.path("by").path("element").asString()).isEqualTo("serviceTask_noNeed");
    assertThat(first.path("by").path("instance").asString()).isEqualTo("2251799813685249");
    JsonNode told = json("/api/leads/%s/timeline?kind=stage".formatted(anna)).path("entries");
    assertThat(told.path(0).path("data").path("by").path("flow").asString())
        .isEqualTo("sales-handoff");
  }

  @Test
  void pages_of_a_story_follow_each_other_without_gap_or_repetition() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    List<String> whole = ids("/api/leads/%s/timeline?limit=500".formatted(anna));
    List<String> paged = new ArrayList<>();
    String before = "";
    do {
      JsonNode page = json("/api/leads/%s/timeline?limit=7&before=%s".formatted(anna, before));
      page.path("entries").forEach(entry -> paged.add(entry.path("id").asString()));
      before = page.path("next").asString("");
    } while (!before.isEmpty());
    assertThat(paged).isEqualTo(whole).hasSizeGreaterThan(60);
  }

  @Test
  void a_story_can_be_narrowed_to_what_one_looks_for() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    Document page = page("/leads/%s?kind=decision".formatted(anna));
    assertThat(page.select(".timeline .what").eachText())
        .containsExactly("Last reminder e-mail not allowed", "Reminder e-mail allowed");
    assertThat(titles("/api/leads/%s/timeline?kind=touch,stage".formatted(anna))).hasSize(3);
  }

  @Test
  void it_says_of_each_message_why_it_was_sent_or_not() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    JsonNode why = json("/api/leads/%s/why".formatted(anna));
    JsonNode last = why.path("touches").path(0);
    assertThat(last.path("message").asString()).isEqualTo("last-reminder");
    assertThat(last.path("answer").asString()).startsWith("Not sent: ");
    assertThat(last.path("decisions").path(0).path("verdict").asString()).isEqualTo("deny");
    assertThat(last.path("chosen").isNull()).isTrue();
    JsonNode first = why.path("touches").path(1);
    assertThat(first.path("answer").asString()).startsWith("Sent on ").endsWith(".");
    assertThat(json("/api/leads/%s/why?flow=nurturing".formatted(anna)).path("touches")).isEmpty();
  }

  @Test
  void it_says_why_a_message_waits_and_goes_by_this_channel() throws Exception {
    UUID anna = ConsolePreview.seed(story);
    long key =
        story.touch(anna, "nudge", "serviceTask_nudge", "planned", "It is night.", Duration.ZERO);
    jdbc.sql(
            """
            update touch set channel = 'sms', deferred_until = now() + interval '1 hour', choice =
              '[{"channel":"sms","answers":0.6,"verdict":"defer","code":"quiet-hours"}]'
            where key = ?
            """)
        .param(key)
        .update();

    JsonNode nudge = json("/api/leads/%s/why".formatted(anna)).path("touches").path(0);
    assertThat(nudge.path("answer").asString())
        .startsWith("Waits until ")
        .endsWith("UTC: It is night.");
    assertThat(nudge.path("chosen").asString())
        .isEqualTo(
            "The best channel was sms: none could be used then, and this one soonest. Answered: sms 60 % (quiet-hours).");
    assertThat(page("/leads/%s?kind=touch".formatted(anna)).select(".timeline").text())
        .contains("Nudge sms waits until ", "the best channel");

    jdbc.sql("update touch set deferred_until = now() - interval '1 hour' where key = ?")
        .param(key)
        .update();
    nudge = json("/api/leads/%s/why".formatted(anna)).path("touches").path(0);
    assertThat(nudge.path("answer").asString())
        .startsWith("Has waited until ")
        .endsWith("UTC, and is to be sent.");

    jdbc.sql(
            "update touch set state = 'claimed', claimed_until = now() + interval '1 hour' where key = ?")
        .param(key)
        .update();
    nudge = json("/api/leads/%s/why".formatted(anna)).path("touches").path(0);
    assertThat(nudge.path("answer").asString()).isEqualTo("Is being sent right now.");
  }

  @Test
  void what_messages_cost_stands_with_each_and_in_sums_with_their_flow() throws Exception {
    UUID anna = ConsolePreview.seed(story);
    assertThat(page("/flows/abandoned-cart/numbers").text()).doesNotContain("Cost");
    for (String[] cost : new String[][] {{"0.00790", "USD"}, {"0.0121", "USD"}, {"0.05", "EUR"}}) {
      long touch =
          story.touch(
              anna, "nudge", "serviceTask_sendReminder", "accepted", null, Duration.ofHours(1));
      story.cost(touch, cost[0], cost[1]);
    }

    assertThat(page("/leads/%s?kind=touch".formatted(anna)).text())
        .contains("Cost 0.0079 USD", "Cost 0.0121 USD", "Cost 0.05 EUR");
    assertThat(
            json("/api/leads/%s/why".formatted(anna))
                .path("touches")
                .valueStream()
                .map(touch -> touch.path("answer").asString()))
        .anyMatch(answer -> answer.matches("Sent on .+ for 0\\.0079 USD\\."));
    assertThat(page("/flows/abandoned-cart/numbers").select(".stat").eachText())
        .contains("Cost of touches 0.05 EUR", "Cost of touches 0.02 USD");
    assertThat(json("/api/flows/abandoned-cart/counts").path("costs").toString())
        .isEqualTo(
            "[{\"amount\":\"0.05\",\"currency\":\"EUR\"},{\"amount\":\"0.02\",\"currency\":\"USD\"}]");
  }

  @Test
  void a_long_story_goes_on_where_it_was_cut() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    Document page = page("/leads/" + anna);
    assertThat(page.select(".timeline > li[data-kind]")).hasSize(50);
    Document more = page(page.select(".timeline-more a").attr("hx-get"));
    assertThat(more.select("li[data-kind]")).isNotEmpty();
    assertThat(more.select("header")).isEmpty();
  }

  @Test
  void the_id_of_a_merged_lead_leads_to_the_one_it_turned_out_to_be() throws Exception {
    UUID anna = ConsolePreview.seed(story);
    UUID merged =
        jdbc.sql("select id from lead where merged_into is not null").query(UUID.class).single();

    assertThat(
            browser.perform(get("/leads/" + merged)).andReturn().getResponse().getRedirectedUrl())
        .isEqualTo("/leads/" + anna);
    assertThat(json("/api/leads/%s/timeline".formatted(merged)).path("leadId").asString())
        .isEqualTo(anna.toString());
  }

  @Test
  void a_lead_is_found_by_its_exact_address_for_programs() throws Exception {
    UUID anna = ConsolePreview.seed(story);

    JsonNode found = json("/api/leads?email=ANNA.nagy@example.hu");
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("id").asString()).isEqualTo(anna.toString());
    assertThat(json("/api/leads?email=nagy@example.hu").size()).isZero();
  }

  @Test
  void an_address_that_was_left_in_a_chat_names_nobody_until_it_is_confirmed() throws Exception {
    UUID lead = story.leadWhoSays("boris@example.org", Duration.ofHours(1));

    assertThat(page("/leads").select("tbody td").first().text())
        .matches("Visitor [0-9a-f]{12} boris@example.org, not confirmed");
    assertThat(json("/api/leads?email=boris@example.org").path(0).path("saysAddress").asBoolean())
        .isTrue();

    story.confirms(lead);
    assertThat(page("/leads").select("tbody td").first().text()).isEqualTo("boris@example.org");
  }

  @Test
  void markup_that_somebody_planted_is_shown_as_text_everywhere() throws Exception {
    UUID lead = planted();

    for (String path :
        List.of(
            "/leads",
            "/leads?q=%3Cscript%3Ealert(1)%3C/script%3E",
            "/leads/" + lead,
            "/leads/" + lead + "/timeline",
            "/flows",
            "/flows/abandoned-cart",
            "/flows/abandoned-cart/numbers")) {
      String html = answer(path).getContentAsString();
      assertThat(html).as(path).doesNotContain("<script>alert", "<img src=x");
      assertThat(Jsoup.parse(html).select("[onerror], script:not([src])")).as(path).isEmpty();
    }
    assertThat(page("/leads/" + lead).select("h1").text()).contains(PLANTED);
  }

  @Test
  void the_policy_of_the_pages_allows_no_foreign_and_no_inline_script() throws Exception {
    MockHttpServletResponse answer = answer("/leads");

    assertThat(answer.getHeader("Content-Security-Policy"))
        .contains("default-src 'self'", "script-src 'self';", "frame-ancestors 'self'");
    assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void everything_a_page_asks_for_is_there() throws Exception {
    ConsolePreview.seed(story);
    Document page = page("/flows/abandoned-cart");
    List<String> files = new ArrayList<>(page.select("script").eachAttr("src"));
    files.addAll(page.select("link").eachAttr("href"));

    assertThat(files).hasSizeGreaterThan(6);
    for (String file : files) {
      assertThat(answer(file).getContentAsByteArray()).as(file).isNotEmpty();
    }
  }

  private UUID planted() {
    UUID lead = story.lead(PLANTED, PLANTED, PLANTED, PLANTED, Duration.ofHours(1));
    jdbc.sql(
            """
            update lead set phone = :p, locale = :p, time_zone = :p,
              first_source = jsonb_build_object('source', :p, 'campaign', :p),
              last_source = jsonb_build_object('channel', :p, 'referrer', :p)
            """)
        .param("p", PLANTED)
        .update();
    jdbc.sql("update lead_identity set value = ?").param(PLANTED).update();
    String json = planted("name", "title", "url", "path", "referrer", "email", "order_id", "flow");
    for (String type : List.of("page", "identify", "group", "screen", PLANTED)) {
      story.event(lead, type, PLANTED, json, Duration.ofHours(1));
    }
    for (String name :
        List.of("Product Added", "Order Completed", "Message Clicked", "Form Submitted")) {
      story.event(lead, "track", name, json, Duration.ofHours(1));
    }
    story.signal(lead, PLANTED, "dead", PLANTED, Duration.ofHours(1));
    story.stage(lead, PLANTED, PLANTED, PLANTED, Duration.ofHours(1));
    story.consent(lead, true, PLANTED, Duration.ofHours(1));
    story.cart(lead, "[" + json + "]", "1", Duration.ofHours(1));
    story.order(lead, PLANTED, "1", Duration.ofHours(1));
    long touch = story.touch(lead, PLANTED, PLANTED, "denied", PLANTED, Duration.ofHours(1));
    story.decision(lead, touch, "deny", PLANTED, PLANTED, Duration.ofHours(1));
    story.flow(Story.FLOW_1, 1, Duration.ofHours(1));
    jdbc.sql("update flow_version set name = ?").param(PLANTED).update();
    story.incident(Story.FLOW_1, PLANTED, PLANTED, PLANTED, Duration.ofHours(1));
    return lead;
  }

  private static String planted(String... fields) {
    StringBuilder json = new StringBuilder("{\"quantity\":2");
    for (String field : fields) {
      json.append(",\"").append(field).append("\":\"").append(PLANTED).append('"');
    }
    return json.append('}').toString();
  }

  private List<String> find(String search) throws Exception {
    return Jsoup.parse(
            browser
                .perform(get("/leads").param("q", search))
                .andReturn()
                .getResponse()
                .getContentAsString())
        .select("td a.row-link")
        .eachText();
  }

  private List<String> titles(String path) throws Exception {
    return json(path).path("entries").valueStream().map(e -> e.path("title").asString()).toList();
  }

  private List<String> ids(String path) throws Exception {
    return json(path).path("entries").valueStream().map(e -> e.path("id").asString()).toList();
  }

  private JsonNode json(String path) throws Exception {
    return Json.parse(answer(path).getContentAsString());
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(answer(path).getContentAsString());
  }

  private MockHttpServletResponse answer(String path) throws Exception {
    MockHttpServletResponse answer =
        browser.perform(get(URI.create(path))).andReturn().getResponse();
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return answer;
  }
}
