package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisitsIT {

  private final Intake intake = new Intake(TestDatabase.migrated());

  @Test
  void a_visit_ends_with_half_an_hour_of_silence() {
    intake.takeOneByOne(
        page("/").by("a").minute(0),
        page("/a").by("a").minute(29),
        page("/b").by("a").minute(58),
        page("/").by("a").minute(89));
    assertThat(intake.lead(intake.visitor("a")))
        .containsEntry("visits", 2)
        .containsEntry("page_views", 4L);
    assertThat(intake.signals()).containsExactly("site.revisited");
  }

  @Test
  void a_page_is_revisited_in_another_visit_not_by_a_reload() {
    intake.take(
        page("/p").by("a").minute(0),
        page("/p").by("a").minute(1),
        page("/p").by("a").minute(40),
        page("/p").by("a").minute(80));
    assertThat(intake.jdbc.sql("select visits from page_visit").query(Integer.class).single())
        .isEqualTo(3);
    assertThat(intake.signals())
        .containsExactly("site.revisited", "site.revisited", "page.revisited");
  }

  @Test
  void the_time_with_pages_in_sight_adds_up_over_visits_and_browsers() {
    intake.takeOneByOne(
        track("Page Dwelled").with("seconds", 40).by("a").minute(1),
        track("Page Dwelled").with("seconds", 20).by("a").minute(200),
        track("Page Dwelled").with("seconds", 99_999).by("b").minute(2),
        track("Page Dwelled").with("seconds", -5).by("b").minute(3),
        track("Page Dwelled").with("seconds", "long").by("b").minute(4),
        track("Page Read").with("seconds", 15).by("b").minute(5),
        identify("anna").by("a").minute(201),
        identify("anna").by("b").minute(202));
    UUID anna = intake.user("anna");
    assertThat(Intake.lead(intake.facts.read(Subject.lead(anna)).orElseThrow()))
        .containsEntry("readingSeconds", BigDecimal.valueOf(40 + 20 + 1800));
  }

  @Test
  void a_server_that_reports_on_somebody_is_no_visit() {
    intake.take(page("/").by("a").minute(0));
    intake.take(
        track("Message Delivered").lead(intake.visitor("a")).minute(20),
        track("Subscription Renewed").user("anna").minute(21));
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("visits", 1);
    assertThat(intake.lead(intake.user("anna"))).containsEntry("visits", 0);
  }

  @Test
  void the_first_source_is_the_earliest_and_going_straight_to_the_site_is_no_last_one() {
    intake.takeOneByOne(
        page("/").by("a").onPage("referrer", "https://www.google.com/").minute(100),
        page("/").by("a").onPage("referrer", "https://news.example/x").minute(0),
        page("/").by("a").minute(200));
    assertThat(intake.lead(intake.visitor("a")).get("first_source").toString())
        .contains("\"referral\"", "news.example");
    assertThat(intake.lead(intake.visitor("a")).get("last_source").toString())
        .contains("\"organic\"");
  }

  @Test
  void a_campaign_that_is_told_on_the_next_pages_too_does_not_move_the_landing_page() {
    String letter = "https://shop.example/?utm_source=letter";
    intake.takeOneByOne(
        page("/").by("a").onPage("url", letter).onPage("path", "/").minute(0),
        page("/cart").by("a").onPage("url", letter).onPage("path", "/cart").minute(1));
    assertThat(intake.lead(intake.visitor("a")).get("last_source").toString())
        .contains("letter")
        .doesNotContain("/cart");
    intake.take(
        page("/tea")
            .by("a")
            .onPage("url", "https://shop.example/tea?utm_source=other")
            .onPage("path", "/tea")
            .minute(2));
    assertThat(intake.lead(intake.visitor("a")).get("last_source").toString())
        .contains("other", "/tea");
  }

  @Test
  void who_leaves_an_address_becomes_a_lead_once() {
    intake.takeOneByOne(
        identify("anna").by("a").trait("name", "Anna Kovács").trait("email", "no address"),
        identify("anna").by("a").trait("email", "anna@x.org").minute(1),
        identify("anna").by("a").trait("phone", "+36 1 299 0000").minute(2));
    assertThat(intake.lead(intake.user("anna")))
        .containsEntry("stage", "LEAD")
        .containsEntry("first_name", "Anna")
        .containsEntry("last_name", "Kovács")
        .containsEntry("email", "anna@x.org");
    assertThat(intake.count("stage_change")).isEqualTo(1);
  }

  @Test
  void what_is_told_late_fills_gaps_only() {
    intake.takeOneByOne(
        identify("anna").trait("email", "new@x.org").trait("plan", "gold").minute(5),
        identify("anna").trait("email", "old@x.org").trait("phone", "+36 1 299 0000").minute(1));
    assertThat(intake.lead(intake.user("anna")))
        .containsEntry("email", "new@x.org")
        .containsEntry("phone", "+3612990000");
  }

  @Test
  void what_is_told_late_of_one_thing_is_older_than_that_alone() {
    intake.takeOneByOne(
        identify("anna").trait("plan", "free").trait("firstName", "A.").minute(1),
        identify("anna").trait("shoeSize", 38).minute(5),
        identify("anna").trait("plan", "gold").trait("firstName", "Anna").minute(3));
    assertThat(intake.lead(intake.user("anna"))).containsEntry("first_name", "Anna");
    assertThat(intake.lead(intake.user("anna")).get("traits").toString())
        .contains("gold", "38")
        .doesNotContain("free");
  }

  @Test
  void what_was_taken_back_does_not_come_back_by_what_is_told_late() {
    intake.takeOneByOne(
        identify("anna").trait("plan", null).minute(5),
        identify("anna").trait("plan", "gold").minute(1));
    assertThat(intake.lead(intake.user("anna")).get("traits").toString()).isEqualTo("{}");
  }

  @Test
  void a_late_campaign_is_where_they_came_from_though_they_went_straight_to_the_site_since() {
    intake.takeOneByOne(
        page("/").by("a").minute(200),
        page("/sale").by("a").campaign("letter", "email").minute(0),
        page("/").by("a").campaign("fair", "qr").minute(-200));
    assertThat(intake.lead(intake.visitor("a")).get("first_source").toString()).contains("fair");
    assertThat(intake.lead(intake.visitor("a")).get("last_source").toString()).contains("letter");
  }

  @Test
  void what_a_server_told_before_they_came_does_not_make_a_late_visit_no_first_one() {
    intake.takeOneByOne(
        identify("anna").minute(-300),
        page("/").by("a").user("anna").campaign("letter", "email").minute(100),
        page("/").by("a").user("anna").campaign("fair", "qr").minute(0));
    assertThat(intake.lead(intake.user("anna")).get("first_source").toString()).contains("fair");
    assertThat(intake.lead(intake.user("anna")).get("last_source").toString()).contains("letter");
  }

  @Test
  void the_language_of_who_is_on_the_site_counts_more_than_what_is_only_sent() {
    intake.takeOneByOne(
        identify("anna").by("a").context("locale", "de-DE").minute(5),
        page("/").by("a").context("locale", "fr-FR").minute(3),
        identify("anna").by("a").context("locale", "en-US").minute(6));
    assertThat(intake.lead(intake.user("anna"))).containsEntry("locale", "fr-FR");
  }

  @Test
  void the_browsers_language_counts_until_the_person_says_otherwise() {
    intake.takeOneByOne(
        page("/").by("a").context("locale", "en-US").context("timezone", "Europe/Budapest"),
        identify("anna").by("a").trait("locale", "hu_HU").minute(1),
        page("/").by("a").context("locale", "en-US").context("timezone", "Mars/Base").minute(2));
    assertThat(intake.lead(intake.user("anna")))
        .containsEntry("locale", "hu-HU")
        .containsEntry("time_zone", "Europe/Budapest");
  }

  @Test
  void the_region_of_an_address_is_kept_apart_from_what_is_told() {
    intake.takeOneByOne(
        page("/").by("a").region("Europe/London").minute(1),
        page("/").by("a").context("timezone", "Europe/Budapest").minute(2),
        page("/").by("a").region("Asia/Tokyo").minute(3),
        page("/").by("a").region("Mars/Base").minute(4));
    assertThat(intake.lead(intake.visitor("a")))
        .containsEntry("time_zone", "Europe/Budapest")
        .containsEntry("region_zone", "Asia/Tokyo");

    Facts.Person person =
        intake.facts.read(Subject.lead(intake.visitor("a"))).orElseThrow().person();
    assertThat(person.timeZone()).isEqualTo("Europe/Budapest");
    assertThat(person.regionZone()).isEqualTo("Asia/Tokyo");
  }

  @Test
  void a_lead_that_turns_out_to_be_another_keeps_the_region_that_is_known() {
    intake.takeOneByOne(
        identify("anna").by("a").trait("email", "anna@x.org"),
        page("/").by("b").region("Europe/London").minute(1),
        identify("anna").by("b").minute(2));
    assertThat(intake.lead(intake.user("anna")))
        .containsEntry("time_zone", null)
        .containsEntry("region_zone", "Europe/London");
  }
}
