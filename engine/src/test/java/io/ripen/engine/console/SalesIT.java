package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.ripen.engine.sales.TaskAnswer;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@SpringBootTest(
    classes = ConsoleApplication.class,
    properties = {"server.address=127.0.0.1", "camunda.client.enabled=false"})
@AutoConfigureMockMvc
@ActiveProfiles("engine")
class SalesIT {

  private static final Cookie ANNA = new Cookie(WhoAmI.COOKIE, "anna");
  private static final String PLANTED = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  @Autowired private MockMvc browser;
  @Autowired private JdbcClient jdbc;
  @Autowired private FakeTasks zeebe;
  private Story story;
  private Tasks tasks;
  private UUID dora;

  @BeforeEach
  void clear() throws Exception {
    jdbc.sql(
            """
            truncate lead, score_entry, lead_identity, lead_merge, stage_change, event, signal,
              consent, suppression, touch, gate_decision, cart, customer_order, flow_version,
              user_task, handoff, sales_note, sales_mail, salesperson
            """)
        .update();
    zeebe.reset();
    story = new Story(jdbc, Instant.now());
    tasks = new Tasks(jdbc);
    tasks.flow();
    dora = story.lead("SQL", "dora@example.com", "Dora", "Kiss", Duration.ofHours(2));
    introduce("anna", "sales");
  }

  @Test
  void what_is_due_first_stands_first_with_lead_step_time_and_who_has_it() throws Exception {
    UUID bela = story.lead("SALES", "bela@example.com", "Béla", "Nagy", Duration.ofHours(9));
    tasks.open(Tasks.OUTCOME, bela, "ben", null, "sales", Duration.ofDays(6));
    tasks.open(Tasks.TAKE, null, null, null, "sales", null);
    long late = tasks.open(Tasks.TAKE, dora, null, "anna", "sales", Duration.ofMinutes(-5));
    tasks.note(late, dora, "Nobody took it in time");

    assertThat(page("/sales").select("tbody tr"))
        .extracting(row -> row.text())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("Dora Kiss Take the lead Nobody took it in time SQL 0 cold offered")
                    .contains("offered to you sales 5 min late"),
            line ->
                assertThat(line).startsWith("Béla Nagy Win it or close it SALES").contains("ben"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "Take the lead of no known lead Take the lead nobody yet sales no limit"));
  }

  @Test
  void an_address_that_was_left_in_a_chat_names_nobody_until_it_is_confirmed() throws Exception {
    UUID boris = story.leadWhoSays("boris@example.org", Duration.ofHours(1));
    tasks.open(Tasks.TAKE, boris, null, null, "sales", Duration.ofHours(1));

    assertThat(page("/sales?show=all").select("tbody td").first().text())
        .matches("Visitor [0-9a-f]{12} boris@example.org, not confirmed");
    story.confirms(boris);
    assertThat(page("/sales?show=all").select("tbody td").first().text())
        .isEqualTo("boris@example.org");
  }

  @Test
  void what_the_flow_that_handed_a_lead_over_said_stands_with_it() throws Exception {
    tasks.noteOfAnotherFlow(dora, "Was asked last year", Duration.ofDays(2));
    tasks.noteOfAnotherFlow(dora, "Asked for a trial", Duration.ofMinutes(5));
    long key = tasks.open(Tasks.TAKE, dora, null, "anna", "sales", Duration.ofHours(1));
    tasks.handoff(key, dora);

    assertThat(page("/sales").select("tbody tr").text()).contains("Asked for a trial");
    assertThat(page("/sales/" + key).text())
        .contains("Asked for a trial")
        .doesNotContain("Was asked last year");

    tasks.note(key, dora, "Half of the time is gone");
    assertThat(page("/sales").select("tbody tr").text())
        .contains("Half of the time is gone")
        .doesNotContain("Asked for a trial");
  }

  @Test
  void what_other_flows_said_twice_within_a_day_is_said_once() throws Exception {
    tasks.noteOfAnotherFlow(dora, "Asked for a trial", Duration.ofMinutes(5));
    tasks.noteOfAnotherFlow(dora, "Asked for a trial", Duration.ofMinutes(5));
    tasks.noteOfAnotherFlow(dora, "Meets BANT", Duration.ofMinutes(4));
    long key = tasks.open(Tasks.TAKE, dora, null, "anna", "sales", Duration.ofHours(1));
    tasks.handoff(key, dora);
    tasks.note(key, dora, "Half of the time is gone");
    tasks.note(key, dora, "Half of the time is gone");

    assertThat(page("/sales/" + key).text())
        .containsOnlyOnce("Asked for a trial")
        .containsOnlyOnce("Meets BANT")
        .containsPattern("Half of the time is gone.*Half of the time is gone");
    tasks.noteOfAnotherFlow(dora, "Asked for a trial", Duration.ofDays(-2));
    assertThat(page("/sales/" + key).text())
        .containsPattern("Asked for a trial.*Asked for a trial");
  }

  @ParameterizedTest
  @CsvSource({"mine, Mine · 2", "team, My team · 3", "all, All · 4", "late, Late · 1"})
  void each_list_has_its_own(String show, String label) throws Exception {
    tasks.open(Tasks.TAKE, dora, null, "anna", "sales", Duration.ofMinutes(-5));
    tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));
    tasks.open(Tasks.TAKE, dora, "ben", "anna", "sales", Duration.ofHours(1));
    tasks.open(Tasks.TAKE, dora, null, null, "support", Duration.ofHours(1));
    long done = tasks.open(Tasks.TAKE, dora, "anna", null, "sales", Duration.ofMinutes(-9));
    zeebe.taken(done, "anna", "completed");

    Document page = page("/sales?show=" + show);
    assertThat(page.select("[aria-current=true]").text()).isEqualTo(label);
    assertThat(page.select("tbody tr")).hasSize(label.charAt(label.length() - 1) - '0');
  }

  @ParameterizedTest
  @CsvSource({"kiss, 1", "Dora K, 1", "dora@exam, 1", "%, 0", "nobody, 0"})
  void a_task_is_found_by_its_lead(String search, int found) throws Exception {
    tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(1));

    Document page = Jsoup.parse(answer(get("/sales").param("q", search)).getContentAsString());
    assertThat(page.select("tbody tr")).hasSize(found);
  }

  @Test
  void a_page_tells_the_lead_s_whole_story() throws Exception {
    story.points(dora, 20, "studied the price list", Duration.ofDays(1));
    story.event(
        dora,
        "track",
        "Question Answered",
        "{\"question\":\"budget\",\"answer\":\"unknown\",\"by\":\"ben\"}",
        Duration.ofDays(1));
    story.touch(dora, "reminder", "serviceTask_sendReminder", "accepted", null, Duration.ofDays(2));
    story.consent(dora, true, "Yes, write to me", Duration.ofDays(3));
    long key =
        tasks.open(Tasks.TAKE, dora, null, "ben", "sales", Duration.ofHours(3).plusSeconds(50));
    tasks.note(key, dora, "Half of the time is gone");

    assertThat(page("/sales/" + key).text())
        .contains(
            "Dora Kiss SQL",
            "3 h left",
            "Half of the time is gone",
            "It is offered to ben first; anybody of the team may take it.",
            "Budget: Not sure yet, or being planned",
            "dora@example.com",
            "newsletter · spring-glazes (email)",
            "+20 studied the price list",
            "Marketing by e-mail yes",
            "Reminder e-mail sent",
            "answered by ben");
  }

  @Test
  void a_merged_lead_s_task_is_about_who_it_turned_out_to_be() throws Exception {
    UUID before = story.lead("VISITOR", null, null, null, Duration.ofDays(3));
    long key = tasks.open(Tasks.TAKE, before, null, null, "sales", Duration.ofHours(3));
    story.merge(dora, before, Duration.ofDays(1));

    assertThat(page("/sales/" + key).select("h1").text()).startsWith("Dora Kiss");
  }

  @Test
  void a_note_stands_with_the_lead_by_whatever_name_they_were_known() throws Exception {
    UUID before = story.lead("VISITOR", null, null, null, Duration.ofDays(3));
    UUID other = story.lead("VISITOR", null, null, null, Duration.ofDays(3));
    tasks.noteOfAnotherFlow(before, "Asked for a trial", Duration.ofMinutes(5));
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));
    tasks.handoff(key, dora);
    long earlier = tasks.open(Tasks.TAKE, other, null, null, "sales", Duration.ofHours(3));
    tasks.handoff(earlier, other);
    tasks.note(earlier, other, "Half of the time is gone");
    assertThat(page("/sales/" + key).text()).doesNotContain("Asked for a trial");

    story.merge(dora, before, Duration.ofMinutes(1));
    story.merge(dora, other, Duration.ofMinutes(1));

    assertThat(page("/sales/" + key).text()).contains("Asked for a trial");
    assertThat(page("/sales/" + earlier).text()).contains("Half of the time is gone");
    assertThat(page("/sales?show=team").select("tbody tr").eachText())
        .anyMatch(line -> line.contains("Asked for a trial"))
        .anyMatch(line -> line.contains("Half of the time is gone"));

    tasks.note(key, before, "Of the merged one, told since");
    tasks.note(earlier, dora, "Of the survivor, told since");
    assertThat(page("/sales/" + key).text()).contains("Of the merged one, told since");
    assertThat(page("/sales/" + earlier).text()).contains("Of the survivor, told since");
  }

  @Test
  void who_has_not_said_who_they_are_is_asked_before_they_can_take_anything() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));

    assertThat(browser.perform(post("/sales/" + key + "/take")).andReturn().getResponse())
        .extracting(MockHttpServletResponse::getRedirectedUrl)
        .isEqualTo("/sales/me?then=/sales/" + key);
    assertThat(zeebe.completedWith).isEmpty();
  }

  @Test
  void a_name_is_kept_in_a_cookie_that_scripts_do_not_see_and_however_it_is_written()
      throws Exception {
    MockHttpServletResponse said =
        answer(
            post("/sales/me")
                .param("name", " Żaneta O'Neil ")
                .param("team", "sales-leads")
                .param("takesLeads", "true")
                .param("then", "/sales/7"));
    MockHttpServletResponse again =
        answer(post("/sales/me").param("name", "żaneta o'neil").param("team", "sales"));

    assertThat(said.getRedirectedUrl()).isEqualTo("/sales/7");
    assertThat(said.getHeader("Set-Cookie"))
        .contains("ripen-salesperson=%C5%BBaneta+O%27Neil", "HttpOnly", "SameSite=Lax");
    assertThat(again.getHeader("Set-Cookie")).contains("%C5%BBaneta+O%27Neil");
    assertThat(
            jdbc.sql("select team || ' ' || takes_leads from salesperson where name like 'Ż%'")
                .query(String.class)
                .list())
        .containsExactly("sales false");
  }

  @Test
  void an_address_is_kept_shown_again_and_taken_out() throws Exception {
    answer(
        post("/sales/me")
            .param("name", "anna")
            .param("team", "sales")
            .param("email", " a@b.example "));
    assertThat(page("/sales/me").select("#email").val()).isEqualTo("a@b.example");

    MockHttpServletResponse refused =
        answer(
            post("/sales/me").param("name", "anna").param("team", "sales").param("email", "anna"));
    assertThat(refused.getStatus()).isEqualTo(400);
    assertThat(Jsoup.parse(refused.getContentAsString()).select("[role=alert]").text())
        .startsWith("That is no e-mail address.");

    introduce("anna", "sales");
    assertThat(page("/sales/me").select("#email").val()).isEmpty();
  }

  @Test
  void a_browser_that_has_not_shown_an_address_does_not_take_it_out() throws Exception {
    answer(
        post("/sales/me")
            .param("name", "anna")
            .param("team", "sales")
            .param("email", "a@b.example"));

    browser.perform(post("/sales/me").param("name", "Anna").param("team", "sales-leads"));
    assertThat(annas()).isEqualTo("sales-leads a@b.example");
    browser.perform(
        post("/sales/me")
            .cookie(new Cookie(WhoAmI.COOKIE, "ben"))
            .param("name", "anna")
            .param("team", "sales"));
    assertThat(annas()).isEqualTo("sales a@b.example");

    browser.perform(
        post("/sales/me")
            .param("name", "anna")
            .param("team", "sales")
            .param("email", "c@d.example"));
    assertThat(annas()).isEqualTo("sales c@d.example");
  }

  @Test
  void of_who_is_there_no_more_no_address_is_kept() throws Exception {
    answer(
        post("/sales/me")
            .param("name", "anna")
            .param("team", "sales")
            .param("email", "a@b.example"));

    answer(post("/sales/me/forget"));

    assertThat(annas()).isEqualTo("sales, no address");
  }

  @ParameterizedTest
  @CsvSource({
    "'', sales, Please say who you are.",
    "<b>, sales, A name has up to 60",
    "anna, '', A team is one word",
    "anna, My Team, A team is one word"
  })
  void a_name_or_team_that_is_none_is_refused(String name, String team, String words)
      throws Exception {
    MockHttpServletResponse answer =
        answer(post("/sales/me").param("name", name).param("team", team));

    assertThat(answer.getStatus()).isEqualTo(400);
    assertThat(Jsoup.parse(answer.getContentAsString()).select("[role=alert]").text())
        .startsWith(words);
  }

  @Test
  void afterwards_nobody_is_led_to_another_site() throws Exception {
    assertThat(
            answer(
                    post("/sales/me")
                        .param("name", "anna")
                        .param("team", "sales")
                        .param("then", "//evil.example"))
                .getRedirectedUrl())
        .isEqualTo("/sales");
  }

  @Test
  void who_takes_a_lead_comes_to_the_next_step_of_the_flow() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, "anna", "sales", Duration.ofHours(3));
    zeebe.before(
        () -> {
          if (count("select count(*) from user_task where assignee = 'anna'") == 1) {
            tasks.open(key, Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(7));
          }
        });
    jdbc.sql("update user_task set instance_key = key").update();

    MockHttpServletResponse answer = answer(post("/sales/" + key + "/take"));

    assertThat(answer.getRedirectedUrl()).isEqualTo("/sales/" + (key + 1));
    assertThat(zeebe.completedWith).containsExactly(Map.of("acceptedBy", "anna"));
    assertThat(answer(get("/sales/" + key)).getRedirectedUrl()).isEqualTo("/sales/" + (key + 1));
    assertThat(answer(get("/sales/" + key + "/next")).getHeader("HX-Redirect"))
        .isEqualTo("/sales/" + (key + 1));
  }

  @Test
  void of_two_who_take_it_at_once_the_second_is_told_who_was_faster() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));
    zeebe.before(() -> zeebe.taken(key, "ben", "open"));

    assertProblem(post("/sales/" + key + "/take"), 409, "ben was faster, and has it now.");
  }

  @Test
  void who_comes_when_it_is_done_is_told_who_did_it() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));
    zeebe.before(() -> zeebe.taken(key, "ben", "completed"));

    assertProblem(post("/sales/" + key + "/take"), 409, "ben was faster, and has taken it.");
  }

  @Test
  void who_comes_when_the_time_is_up_is_told_so() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));
    zeebe.before(() -> zeebe.taken(key, null, "canceled"));

    assertProblem(post("/sales/" + key + "/take"), 409, "This is no longer there to be done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"take", "give-back", "outcome"})
  void without_zeebe_it_is_said_that_nobody_knows(String action) throws Exception {
    String element = action.equals("take") ? Tasks.TAKE : Tasks.OUTCOME;
    String has = action.equals("take") ? null : "anna";
    long key = tasks.open(element, dora, has, null, "sales", Duration.ofHours(3));
    zeebe.answers(new TaskAnswer.Away("connection refused"));

    Document page =
        assertProblem(
            post("/sales/" + key + "/" + action).param("outcome", "won").param("need", "yes"),
            503,
            "Zeebe did not answer, so nobody knows whether that was done.");
    if (action.equals("outcome")) {
      assertThat(page.select("input[checked]").eachAttr("value")).contains("won", "yes");
    }
  }

  @Test
  void an_empty_form_records_nothing_and_says_what_is_missing() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));

    Document page =
        assertProblem(
            post("/sales/" + key + "/outcome")
                .param("budget", "yes")
                .param("remark", "ring on Monday"),
            400,
            "Something is missing below; nothing has been recorded yet.");

    assertThat(page.select(".problem").text()).isEqualTo("Please say how it ended.");
    assertThat(page.select("input[name=budget][checked]").attr("value")).isEqualTo("yes");
    assertThat(page.select("textarea").text()).isEqualTo("ring on Monday");
    assertThat(zeebe.completedWith).isEmpty();
  }

  @Test
  void nobody_is_disqualified_without_a_reason() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));

    assertThat(
            assertProblem(
                    post("/sales/" + key + "/outcome").param("outcome", "disqualified"),
                    400,
                    "Something is missing")
                .select(".problem")
                .text())
        .isEqualTo("Please say why it is no lead.");
  }

  @Test
  void zeebe_hears_decisions_only_and_the_remark_stays_here() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));
    tasks.handoff(key, dora);

    MockHttpServletResponse answer =
        answer(
            post("/sales/" + key + "/outcome")
                .param("outcome", "notNow")
                .param("timing", "later")
                .param("budget", "")
                .param("remark", "Dora's number is +36 1 234"));

    assertThat(answer.getRedirectedUrl()).isEqualTo("/sales?closed=" + key + "&outcome=notNow");
    assertThat(page(String.valueOf(answer.getRedirectedUrl())).select("[role=status]").text())
        .isEqualTo("Dora Kiss: done (Not now: back to marketing).");
    assertThat(zeebe.completedWith)
        .containsExactly(Map.of("outcome", "notNow", "timing", "later", "acceptedBy", "anna"));
    assertThat(jdbc.sql("select note from handoff").query(String.class).single())
        .isEqualTo("Dora's number is +36 1 234");
  }

  @Test
  void whose_lead_buys_while_they_fill_in_the_form_is_told_what_is_kept_of_it() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));
    tasks.handoff(key, dora);
    zeebe.before(() -> zeebe.taken(key, "anna", "canceled"));

    Document page =
        assertProblem(
            post("/sales/" + key + "/outcome")
                .param("outcome", "won")
                .param("remark", "wants a second one"),
            409,
            "This is no longer there to be done: the lead has bought by themselves,");
    assertThat(page.select("main > [role=alert]").text())
        .endsWith("Of what you filled in your remark has been kept, and nothing else.");
    assertThat(jdbc.sql("select note from handoff").query(String.class).single())
        .isEqualTo("wants a second one");
    assertThat(page("/sales/" + key).select("#todo").text())
        .contains("This is over.")
        .doesNotContain("You have done this.");
  }

  @Test
  void what_a_colleague_remarked_is_there_when_the_lead_comes_again() throws Exception {
    long first = tasks.open(Tasks.OUTCOME, dora, "ben", null, "sales", Duration.ofDays(6));
    tasks.handoff(first, dora);
    jdbc.sql(
            """
            update handoff set outcome = 'disqualified', reason = 'unreachable', closed_by = 'ben',
              closed_at = now(), note = 'rings in a <b>shop</b>'
            """)
        .update();
    long again = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));
    tasks.handoff(again, dora);

    assertThat(page("/sales/" + again).select("#former").text())
        .startsWith(
            "Earlier with sales Disqualified: no lead at all · Could not be reached"
                + " “rings in a <b>shop</b>” ben, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outcome", "give-back", "done"})
  void only_who_has_a_task_may_finish_it_or_give_it_back(String action) throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "ben", null, "sales", Duration.ofDays(6));

    assertProblem(
        post("/sales/" + key + "/" + action).param("outcome", "won"),
        409,
        "ben has this now, so only ben can do that.");
    assertThat(zeebe.completedWith).isEmpty();
  }

  @Test
  void what_is_given_back_is_anybody_s() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));
    zeebe.before(() -> tasks.open(key, Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(4)));

    assertThat(answer(post("/sales/" + key + "/give-back")).getRedirectedUrl())
        .isEqualTo("/sales/" + (key + 1));
    assertThat(zeebe.completedWith).containsExactly(Map.of("givenBack", true));
    assertThat(page("/sales/" + (key + 1)).select("#todo button").text())
        .isEqualTo("Take this lead");
  }

  @Test
  void what_is_given_back_in_a_version_that_has_no_way_for_it_stays_there_for_anybody()
      throws Exception {
    jdbc.sql("update flow_version set xml = replace(xml, 'givenBack', 'another')").update();
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));

    assertThat(answer(post("/sales/" + key + "/give-back")).getRedirectedUrl())
        .isEqualTo("/sales/" + key);
    assertThat(zeebe.completedWith).isEmpty();
    assertThat(page("/sales/" + key).select("#todo button").text()).isEqualTo("Take this lead");
  }

  @Test
  void who_gives_back_what_they_have_finished_in_another_window_is_told_so() throws Exception {
    long key = tasks.open(Tasks.OUTCOME, dora, "anna", null, "sales", Duration.ofDays(6));
    zeebe.before(() -> zeebe.taken(key, "anna", "completed"));

    assertProblem(post("/sales/" + key + "/give-back"), 409, "You have done this already.");
  }

  @Test
  void a_task_of_another_flow_is_taken_and_then_done() throws Exception {
    long key = tasks.open("userTask_call", dora, null, null, "support", Duration.ofHours(1));

    answer(post("/sales/" + key + "/take"));
    assertThat(page("/sales/" + key).select("#todo button").eachText())
        .containsExactly("Done", "Give it back to the team");

    assertThat(answer(post("/sales/" + key + "/done")).getRedirectedUrl())
        .isEqualTo("/sales?closed=" + key);
    assertThat(page("/sales/" + key).select("#todo").text()).contains("You have done this.");
  }

  @Test
  void who_has_answered_three_texts_at_once_may_be_done_with_all_three() throws Exception {
    long first = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));
    long second = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));
    long third = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));
    tasks.open("userTask_answer", dora, "ben", null, "support", Duration.ofHours(1));
    tasks.open("userTask_call", dora, null, null, "support", Duration.ofHours(1));
    assertThat(page("/sales/" + first).select("[name=also]")).isEmpty();
    answer(post("/sales/" + first + "/take"));

    Document page = page("/sales/" + first);
    assertThat(page.select("#todo .choice").text())
        .isEqualTo(
            "Done with 2 more tasks like this about the same lead, too; nobody has taken them");
    assertThat(page.select("[name=also]").hasAttr("checked")).isFalse();
    String also = page.select("[name=also]").attr("value");
    assertThat(also).isEqualTo(third + "," + second);
    long later = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));

    assertThat(answer(post("/sales/" + first + "/done").param("also", also)).getRedirectedUrl())
        .isEqualTo("/sales?closed=" + first);
    assertThat(openTasks()).hasSize(3).contains(later).doesNotContain(first, second, third);
    assertThat(
            jdbc.sql("select assignee from user_task where key = ?")
                .param(second)
                .query(String.class)
                .single())
        .isEqualTo("anna");
  }

  @Test
  void done_with_one_leaves_the_others_unless_somebody_says_so() throws Exception {
    long first = tasks.open("userTask_answer", dora, "anna", null, "support", Duration.ofHours(1));
    long second = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));

    answer(post("/sales/" + first + "/done"));

    assertThat(openTasks()).containsExactly(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"userTask_call", Tasks.OUTCOME})
  void nobody_is_done_with_what_is_not_like_it(String step) throws Exception {
    UUID bela = story.lead("SALES", "bela@example.com", "Béla", "Nagy", Duration.ofHours(9));
    long mine = tasks.open("userTask_answer", dora, "anna", null, "support", Duration.ofHours(1));
    long another = tasks.open(step, dora, null, null, "support", Duration.ofHours(1));
    long belas = tasks.open("userTask_answer", bela, null, null, "support", Duration.ofHours(1));
    long bens = tasks.open("userTask_answer", dora, "ben", null, "support", Duration.ofHours(1));

    answer(
        post("/sales/" + mine + "/done")
            .param("also", "%d,%d,%d,17".formatted(another, belas, bens)));

    assertThat(openTasks()).containsExactly(another, belas, bens);
  }

  private List<Long> openTasks() {
    return jdbc.sql("select key from user_task where state = 'open' order by key")
        .query(Long.class)
        .list();
  }

  @Test
  void a_task_shows_what_its_lead_wrote_the_latest_first() throws Exception {
    wrote("Form Submitted", "{\"form\":\"newsletter\",\"version\":\"1\"}", 1);
    wrote(
        "Form Submitted",
        "{\"form\":\"contact\",\"topic\":\"order\",\"message\":\"Where is it?\"}",
        3);
    wrote("Message Replied", "{\"channel\":\"email\",\"text\":\"Any news?\"}", 2);
    wrote("Product Viewed", "{\"name\":\"Mug\"}", 1);
    long key = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));

    assertThat(page("/sales/" + key).select("#written .lines").eachText())
        .containsExactly("Any news?", "topic: order · message: Where is it?");
    assertThat(page("/sales/" + key).select("#written").text())
        .contains("Answered by e-mail, ", "Sent the form contact, ");
  }

  @Test
  void a_reply_says_by_which_channel_and_to_which_message_it_is() throws Exception {
    long review =
        story.touch(dora, "review", "serviceTask_x", "accepted", null, Duration.ofDays(2));
    long notHers =
        story.touch(
            story.lead("LEAD", "ben@example.com", "Ben", "Nagy", Duration.ofHours(1)),
            "nudge",
            "serviceTask_x",
            "accepted",
            null,
            Duration.ofDays(2));
    String reply = "{\"channel\":\"email\",\"touch\":\"%s\",\"text\":\"%s\"}";
    wrote("Message Replied", reply.formatted(review, "Not happy"), 1);
    wrote("Message Replied", reply.formatted(notHers, "About another's"), 2);
    wrote("Message Replied", reply.formatted("12ab", "About nothing"), 3);
    wrote("Chat Message Received", "{\"channel\":\"sms\",\"text\":\"It's me again\"}", 4);
    wrote("Message Replied", "{\"channel\":\"messenger\",\"text\":\"\"}", 5);
    wrote("Message Replied", "{\"channel\":\"chat\",\"text\":\"In the chat\"}", 6);
    wrote("Chat Message Received", "{\"channel\":\"chat\",\"text\":\"To Ben\"}", 7);
    long key = tasks.open("userTask_answer", dora, null, null, "support", Duration.ofHours(1));

    Document page = page("/sales/" + key);
    assertThat(page.select("#written .lines").eachText())
        .containsExactly(
            "Not happy",
            "About another's",
            "About nothing",
            "It's me again",
            "(no words)",
            "In the chat");
    assertThat(page.select("#written .muted > span").eachText())
        .containsExactly(
            "Answered by e-mail to “review” of the flow abandoned-cart,",
            "Answered by e-mail,",
            "Answered by e-mail,",
            "Wrote by sms,",
            "Answered by messenger,",
            "Answered in the chat,");
    assertThat(page.select("#written a").eachAttr("href")).containsExactly("/sales/chats/" + dora);
  }

  private void wrote(String event, String properties, int hoursAgo) {
    story.event(dora, "track", event, properties, Duration.ofHours(hoursAgo));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sales/1", "/sales/9999999999999999999", "/sales/nope"})
  void a_task_that_there_is_not_is_not_found(String path) throws Exception {
    assertThat(answer(get(path)).getStatus()).isEqualTo(404);
  }

  @Test
  void what_another_site_sends_in_somebody_s_name_is_refused() throws Exception {
    long key = tasks.open(Tasks.TAKE, dora, null, null, "sales", Duration.ofHours(3));

    for (String path : new String[] {"/sales/" + key + "/take", "/sales/me", "/sales/me/forget"}) {
      assertThat(
              answer(
                      post(path)
                          .param("name", "eve")
                          .param("team", "sales")
                          .header("Sec-Fetch-Site", "cross-site"))
                  .getStatus())
          .as(path)
          .isEqualTo(403);
    }
  }

  @Test
  void markup_that_somebody_planted_is_shown_as_text() throws Exception {
    UUID lead = story.lead("SQL", PLANTED, PLANTED, PLANTED, Duration.ofHours(2));
    story.event(
        lead,
        "track",
        "Question Answered",
        "{\"question\":\"%s\",\"answer\":\"%s\"}"
            .formatted("<script>alert(1)</script>", "<script>alert(1)</script>"),
        Duration.ofDays(1));
    long key = tasks.open(Tasks.TAKE, lead, PLANTED, PLANTED, PLANTED, Duration.ofHours(3));
    tasks.note(key, lead, PLANTED);

    for (String path : new String[] {"/sales?show=all", "/sales/" + key, "/sales/me"}) {
      String html = answer(get(path)).getContentAsString();
      assertThat(html).as(path).doesNotContain("<script>alert", "<img src=x");
    }
  }

  private Document assertProblem(MockHttpServletRequestBuilder request, int status, String words)
      throws Exception {
    MockHttpServletResponse answer = answer(request);
    assertThat(answer.getStatus()).isEqualTo(status);
    Document page = Jsoup.parse(answer.getContentAsString());
    assertThat(page.select("main > [role=alert]").text()).startsWith(words);
    return page;
  }

  private void introduce(String name, String team) throws Exception {
    answer(post("/sales/me").param("name", name).param("team", team).param("takesLeads", "true"));
  }

  private String annas() {
    return jdbc.sql(
            "select team || coalesce(' ' || email, ', no address') from salesperson"
                + " where name = 'anna'")
        .query(String.class)
        .single();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private Document page(String path) throws Exception {
    MockHttpServletResponse answer = answer(get(java.net.URI.create(path)));
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return Jsoup.parse(answer.getContentAsString());
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
    return browser.perform(request.cookie(ANNA)).andReturn().getResponse();
  }
}
