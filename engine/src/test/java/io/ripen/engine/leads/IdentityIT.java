package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.added;
import static io.ripen.engine.leads.Happening.alias;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdentityIT {

  private final Intake intake = new Intake(TestDatabase.migrated());

  @ParameterizedTest
  @CsvSource({
    "telegram, 42, LEAD",
    "whatsapp, +36301234567, LEAD",
    "messenger, 7, LEAD",
    "shoe, 42, VISITOR",
    "telegram, ' ', VISITOR"
  })
  void a_contact_in_a_messenger_is_a_way_to_reach_somebody(
      String trait, String contact, String stage) {
    intake.take(identify("anna").by("a").trait(trait, contact));
    assertThat(intake.jdbc.sql("select stage from lead").query(String.class).single())
        .isEqualTo(stage);
  }

  @Test
  void a_visitor_who_signs_up_stays_the_same_lead() {
    intake.takeOneByOne(page("/").by("a"), identify("anna").by("a").trait("email", "a@x.org"));
    assertThat(intake.user("anna")).isEqualTo(intake.visitor("a"));
    assertThat(intake.count("lead")).isEqualTo(1);
    assertThat(intake.count("lead_merge")).isZero();
  }

  @Test
  void a_known_person_on_a_new_browser_keeps_the_known_lead() {
    intake.takeOneByOne(page("/").by("phone").minute(-60), page("/sale").by("phone"));
    UUID visitor = intake.visitor("phone");
    intake.take(identify("anna").trait("email", "a@x.org").minute(1));
    UUID known = intake.user("anna");

    intake.take(identify("anna").by("phone").minute(2));

    assertThat(intake.visitor("phone")).isEqualTo(known);
    assertThat(intake.lead(visitor)).containsEntry("merged_into", known);
    assertThat(intake.lead(known))
        .containsEntry("visits", 2)
        .containsEntry("page_views", 2L)
        .containsEntry("email", "a@x.org");
    assertThat(intake.lead(known).get("first_seen_at").toString()).startsWith("2026-03-02 11:00");
  }

  @Test
  void a_number_is_kept_in_one_spelling() {
    intake.take(identify("anna").trait("phone", "+36 (30) 123-4567"));
    assertThat(intake.lead(intake.user("anna"))).containsEntry("phone", "+36301234567");
  }

  @Test
  void a_number_in_the_spelling_of_its_country_is_read_where_the_site_says_which() {
    intake.take(
        identify("anna").trait("phone", "030 901820").site("laden"),
        track("Form Submitted").by("form").says("phone", "(030) 90 18 21").site("laden"),
        identify("bob").trait("phone", "030 901820"));

    assertThat(intake.lead(intake.user("anna"))).containsEntry("phone", "+4930901820");
    assertThat(intake.lead(intake.visitor("form"))).containsEntry("phone", "+4930901821");
    assertThat(intake.lead(intake.user("bob"))).containsEntry("phone", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n/a", "030 901820", "+36 1", "+999 123456789", "-"})
  void what_is_no_number_is_kept_as_told_and_is_no_way_to_reach_anybody(String phone) {
    intake.take(identify("anna").trait("phone", phone));

    UUID anna = intake.user("anna");
    assertThat(intake.lead(anna)).containsEntry("phone", null).containsEntry("stage", "VISITOR");
    assertThat(intake.lead(anna).get("traits").toString()).contains(phone);
    assertThat(intake.signals()).doesNotContain("stage.changed");

    intake.take(identify("anna").trait("phone", "+36 30 123 4567").minute(1));
    intake.take(identify("anna").trait("phone", phone).minute(2));
    assertThat(intake.lead(anna))
        .as("a number that is known stays")
        .containsEntry("phone", "+36301234567")
        .containsEntry("stage", "LEAD");
  }

  @Test
  void of_two_known_leads_the_older_survives() {
    intake.take(identify("anna").by("laptop").minute(0));
    intake.take(track("Form Submitted").by("phone").minute(1));
    intake.take(page("/").by("phone").context("locale", "de-DE").minute(2));
    UUID older = intake.user("anna");
    UUID younger = intake.visitor("phone");
    intake.jdbc.sql("update lead set phone = '+361' where id = ?").param(younger).update();

    intake.take(page("/").by("phone").user("anna").minute(3));

    assertThat(intake.lead(younger)).containsEntry("merged_into", older);
    assertThat(intake.lead(older))
        .containsEntry("phone", "+361")
        .containsEntry("locale", "de-DE")
        .containsEntry("stage", "LEAD");
  }

  @Test
  void of_two_strangers_the_older_survives() {
    intake.takeOneByOne(
        track("Chat Message Received").by("telegram:7"), page("/").by("laptop").minute(1));
    UUID older = intake.visitor("telegram:7");
    UUID younger = intake.visitor("laptop");

    intake.take(track("Messenger Opened").lead(younger).by("telegram:7").minute(2));

    assertThat(intake.lead(younger)).containsEntry("merged_into", older);
    assertThat(intake.lead(older).get("merged_into")).isNull();
    assertThat(intake.visitor("laptop")).isEqualTo(older);
  }

  @Test
  void of_a_stranger_and_a_known_lead_the_known_one_survives_even_if_it_is_younger() {
    intake.takeOneByOne(page("/").by("a"), page("/").by("b"));
    UUID stranger = intake.visitor("a");
    UUID known = intake.visitor("b");
    assertThat(stranger).as("the older one").isLessThan(known);

    intake.takeOneByOne(identify("anna").by("b"), alias("a", "anna"));

    assertThat(intake.lead(stranger)).containsEntry("merged_into", known);
    assertThat(intake.user("anna")).isEqualTo(known);
  }

  @Test
  void two_users_of_one_browser_stay_two_leads() {
    intake.takeOneByOne(
        identify("anna").by("family-pc").minute(0),
        page("/").by("family-pc").minute(1),
        identify("bela").by("family-pc").minute(2),
        page("/").by("family-pc").minute(3));
    assertThat(intake.user("anna")).isNotEqualTo(intake.user("bela"));
    assertThat(intake.visitor("family-pc")).isEqualTo(intake.user("bela"));
    assertThat(intake.lead(intake.user("anna"))).containsEntry("page_views", 1L);
    assertThat(intake.lead(intake.user("bela"))).containsEntry("page_views", 1L);
    assertThat(intake.count("lead_merge")).isZero();
  }

  @Test
  void a_shared_browser_goes_back_and_forth_with_its_users() {
    intake.takeOneByOne(
        identify("anna").by("pc").minute(0),
        identify("bela").by("pc").minute(1),
        identify("anna").by("pc").minute(2));
    assertThat(intake.visitor("pc")).isEqualTo(intake.user("anna"));
    intake.take(page("/").by("pc").user("bela").minute(1));
    assertThat(intake.visitor("pc")).as("a late event is history").isEqualTo(intake.user("anna"));
  }

  @Test
  void a_visitor_with_another_address_is_another_person() {
    intake.takeOneByOne(
        identify("anna").trait("email", "anna@x.org"),
        track("Form Submitted").by("pc"),
        identify("anna").by("other").minute(1));
    UUID guest = intake.visitor("pc");
    intake.jdbc.sql("update lead set email = 'guest@x.org' where id = ?").param(guest).update();
    intake.take(page("/").by("pc").user("anna").minute(2));
    assertThat(intake.lead(guest).get("merged_into")).isNull();
    assertThat(intake.visitor("pc")).isEqualTo(intake.user("anna"));
  }

  @Test
  void alias_makes_two_users_one() {
    intake.takeOneByOne(
        identify("anna@old").trait("email", "a@old.org"),
        identify("anna").trait("email", "a@new.org"),
        alias("anna@old", "anna"));
    assertThat(intake.user("anna@old")).isEqualTo(intake.user("anna"));
    assertThat(intake.count("lead_merge")).isEqualTo(1);
  }

  @Test
  void alias_of_ids_that_nobody_knows_joins_what_they_do_later() {
    intake.takeOneByOne(alias("a", "anna"), page("/").by("a"));
    assertThat(intake.visitor("a")).isEqualTo(intake.user("anna"));
    assertThat(intake.count("lead")).isEqualTo(1);
  }

  @Test
  void alias_of_a_user_whom_nobody_knows_yet_is_the_same_user_later() {
    intake.takeOneByOne(
        alias("anna@old", "anna").minute(3),
        identify("anna@old").by("a").trait("email", "a@old.org").minute(1));
    assertThat(intake.user("anna@old")).isEqualTo(intake.user("anna"));
    assertThat(intake.visitor("a")).isEqualTo(intake.user("anna"));
    assertThat(intake.count("lead")).isEqualTo(1);
  }

  @Test
  void alias_of_an_id_that_is_a_browsers_and_a_users_joins_both() {
    intake.takeOneByOne(
        page("/").by("d1").minute(0), alias("d1", "anna").minute(1), identify("d1").minute(2));
    assertThat(intake.user("d1")).isEqualTo(intake.user("anna"));
    assertThat(intake.visitor("d1")).isEqualTo(intake.user("anna"));
    assertThat(intake.count("lead")).isEqualTo(1);
  }

  @Test
  void of_what_two_leads_told_the_later_counts_whoever_survives() {
    intake.takeOneByOne(
        identify("anna@old").trait("email", "a@old.org").trait("phone", "+3612990000").minute(1),
        identify("anna").trait("email", "a@new.org").trait("plan", "gold").minute(2),
        identify("anna@old").trait("plan", "free").trait("city", "Pécs").minute(0));
    UUID survivor = intake.user("anna@old");

    intake.take(alias("anna@old", "anna").minute(3));

    assertThat(intake.user("anna")).isEqualTo(survivor);
    assertThat(intake.lead(survivor))
        .containsEntry("email", "a@new.org")
        .containsEntry("phone", "+3612990000");
    assertThat(intake.lead(survivor).get("traits").toString()).contains("gold", "Pécs");
  }

  @Test
  void who_was_there_last_tells_language_and_source() {
    intake.takeOneByOne(
        identify("anna").trait("email", "a@x.org").minute(0),
        page("/").by("a").user("anna").context("locale", "de-DE").minute(1),
        page("/").by("b").context("locale", "fr-FR").campaign("letter", "email").minute(2),
        page("/").by("a").user("anna").context("locale", "de-DE").minute(0),
        identify("anna").by("b").minute(4));
    assertThat(intake.lead(intake.user("anna"))).containsEntry("locale", "fr-FR");
    assertThat(intake.lead(intake.user("anna")).get("last_source").toString()).contains("letter");
  }

  @Test
  void chains_of_merges_lead_straight_to_the_survivor() {
    intake.takeOneByOne(
        identify("u1").by("a"), identify("u2").by("b"), identify("u3").by("c"), page("/").by("d"));
    UUID first = intake.user("u1");
    UUID last = intake.user("u3");
    intake.takeOneByOne(alias("u3", "u2"), alias("u2", "u1"));
    assertThat(intake.lead(last)).containsEntry("merged_into", first);
    assertThat(List.of(intake.user("u2"), intake.user("u3"), intake.visitor("c")))
        .containsOnly(first);
  }

  @Test
  void chains_of_merges_within_one_batch_do_the_same() {
    intake.take(
        identify("u1").by("a"),
        identify("u2").by("b"),
        identify("u3").by("c"),
        alias("u3", "u2"),
        alias("u2", "u1"),
        page("/").by("c"));
    UUID first = intake.user("u1");
    assertThat(intake.visitor("c")).isEqualTo(first);
    assertThat(
            intake
                .jdbc
                .sql("select count(*) from lead where merged_into = ?")
                .param(first)
                .query(Long.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void all_that_was_the_merged_leads_goes_to_the_survivor() {
    intake.takeOneByOne(
        identify("anna").trait("email", "a@x.org").minute(-300),
        page("/pricing").by("b").minute(-290),
        added("c1", "mug", 1).by("b").minute(-280),
        added("c2", "pot", 1).by("b").minute(-270),
        ordered("o1").with("cart_id", "c2").by("b").minute(-260),
        track("Order Completed").with("order_id", "o2").with("cart_id", "x").by("b").minute(-250));
    UUID visitor = intake.visitor("b");
    intake
        .jdbc
        .sql("insert into consent values (?, 'email', 'marketing', true, now(), '{}')")
        .param(visitor)
        .update();

    intake.take(identify("anna").by("b").minute(1));

    UUID anna = intake.user("anna");
    assertThat(intake.carts(anna)).containsExactly("open c1 mug=1", "ordered c2 pot=1");
    for (String table : List.of("customer_order", "consent", "page_visit", "cart")) {
      assertThat(
              intake
                  .jdbc
                  .sql("select count(*) from " + table + " where lead_id = ?")
                  .param(anna)
                  .query(Long.class)
                  .single())
          .as(table)
          .isPositive();
    }
    assertThat(
            intake
                .jdbc
                .sql("select distinct lead_id from event where name = 'Product Added'")
                .query(UUID.class)
                .list())
        .as("events stay with the lead they happened to")
        .containsExactly(visitor);
  }

  @Test
  void what_both_leads_said_of_a_consent_at_the_same_time_stays_on_record() {
    intake.takeOneByOne(
        identify("anna").trait("email", "a@x.org"), page("/").by("b"), page("/").by("c"));
    consent(intake.user("anna"), true);
    for (String browser : List.of("b", "c")) {
      consent(intake.visitor(browser), true);
      consent(intake.visitor(browser), false);
    }

    intake.take(identify("anna").by("b").minute(1), identify("anna").by("c").minute(1));

    assertThat(
            intake
                .jdbc
                .sql("select granted from consent where lead_id = ?")
                .param(intake.user("anna"))
                .query(Boolean.class)
                .list())
        .containsExactlyInAnyOrder(true, false);
    assertThat(intake.dead).isEmpty();
  }

  @Test
  void a_merge_is_kept_with_all_that_is_needed_to_undo_it() {
    intake.takeOneByOne(
        identify("anna").trait("email", "a@x.org"),
        page("/pricing").by("b"),
        added("c1", "mug", 2).by("b"),
        identify("anna").by("b").id("the-login"));
    String before =
        intake
            .jdbc
            .sql("select before::text from lead_merge where message_id = 'the-login'")
            .query(String.class)
            .single();
    JsonNode json = JsonMapper.shared().readTree(before);
    assertThat(json.path("survivor").path("email").asString()).isEqualTo("a@x.org");
    assertThat(json.path("merged").path("pageViews").asInt()).isEqualTo(1);
    assertThat(json.path("identities").path(0).path("value").asString()).isEqualTo("b");
    assertThat(json.path("carts").path(0).path("items").path(0).path("quantity").asInt())
        .isEqualTo(2);
    assertThat(json.path("pages").path(0).path("path").asString()).isEqualTo("/pricing");
  }

  @Test
  void of_two_open_carts_the_newer_goes_on_and_the_older_ends() {
    intake.takeOneByOne(
        added("", "old", 1).by("desk").user("anna").minute(0),
        added("", "new", 1).by("phone").minute(5),
        identify("anna").by("phone").minute(6));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("emptied old=1", "open new=1,old=1");
    assertThat(intake.signals()).containsExactly("cart.updated", "cart.updated", "cart.emptied");
  }

  @Test
  void a_merged_leads_id_still_finds_the_lead() {
    intake.takeOneByOne(page("/").by("b"), identify("anna").trait("email", "a@x.org"));
    UUID former = intake.visitor("b");
    intake.take(identify("anna").by("b"));
    intake.take(track("Message Clicked").lead(former).id("click"));
    assertThat(
            intake
                .jdbc
                .sql("select lead_id from event where message_id = 'click'")
                .query(UUID.class)
                .single())
        .isEqualTo(intake.user("anna"));
    assertThat(intake.facts.read(Subject.lead(former)).orElseThrow().person().email())
        .isEqualTo("a@x.org");
  }

  @Test
  void a_former_id_in_a_link_brings_along_all_that_is_the_leads_today() {
    intake.takeOneByOne(
        page("/pricing").by("laptop").minute(0),
        identify("anna").trait("email", "anna@example.com").minute(1));
    UUID former = intake.visitor("laptop");
    intake.takeOneByOne(
        identify("anna").by("laptop").minute(2),
        added("", "kettle", 1).by("laptop").minute(3),
        added("", "mug", 1).by("telegram:7").minute(4));

    intake.take(track("Messenger Opened").lead(former).by("telegram:7").minute(5));

    assertThat(intake.visitor("telegram:7")).isEqualTo(intake.user("anna"));
    assertThat(intake.carts(intake.user("anna")))
        .containsExactly("emptied kettle=1", "open kettle=1,mug=1");
  }

  @Test
  void a_lead_that_does_not_exist_puts_the_event_aside() {
    intake.take(track("Message Clicked").lead(UUID.randomUUID()), page("/").by("a"));
    assertThat(intake.count("event")).isEqualTo(1);
    assertThat(Intake.header(intake.dead.getFirst(), "ripen-reason"))
        .contains("\"leadId\" is", "(expected: the id of a lead)");
  }

  @Test
  void a_consent_is_recorded_for_the_lead_that_it_is_after_the_batch() {
    intake.take(identify("anna").trait("email", "a@x.org"));
    intake.take(
        track("Consent Granted")
            .by("b")
            .with("channel", "Email")
            .with("purpose", "marketing")
            .with("wording", "Yes, write to me")
            .with("by", "double-opt-in: answer")
            .with("touch", "4711")
            .onPage("url", "https://shop.example/news")
            .id("yes"),
        identify("anna").by("b"));
    ConsentChange change = intake.consents.getFirst();
    assertThat(change.leadId()).isEqualTo(intake.user("anna"));
    assertThat(change.granted()).isTrue();
    assertThat(change.channel()).isEqualTo("email");
    assertThat(change.proof().toString())
        .contains("Yes, write to me", "https://shop.example/news", "\"messageId\":\"yes\"")
        .as("what only Ripen itself can say")
        .doesNotContain("double-opt-in", "4711");
  }

  @Test
  void a_contact_that_came_by_our_link_is_the_leads_who_got_it() {
    intake.take(identify("anna").by("laptop").trait("email", "anna@example.com"));
    UUID anna = intake.user("anna");
    intake.take(track("Chat Message Received").by("telegram:7"));

    intake.take(track("Messenger Opened").lead(anna).by("telegram:7").minute(1));

    assertThat(intake.visitor("telegram:7")).isEqualTo(anna);
  }

  @Test
  void a_contact_that_goes_over_to_another_lead_takes_no_stranger_with_it() {
    intake.take(identify("anna").by("laptop").trait("email", "anna@example.com"));
    intake.take(identify("boris").by("phone").trait("email", "boris@example.com"));
    UUID anna = intake.user("anna");
    UUID boris = intake.user("boris");
    intake.take(track("Messenger Opened").lead(boris).by("telegram:7").minute(1));

    intake.take(track("Messenger Opened").lead(anna).by("telegram:7").minute(2));

    assertThat(intake.visitor("telegram:7")).isEqualTo(anna);
    assertThat(intake.user("boris")).isEqualTo(boris);
  }

  private void consent(UUID lead, boolean granted) {
    intake
        .jdbc
        .sql(
            "insert into consent values (?, 'email', 'marketing', ?, '2026-03-02T12:00:00Z', '{}')")
        .params(lead, granted)
        .update();
  }

  @Test
  void a_consent_that_does_not_say_for_what_is_put_aside() {
    intake.take(track("Consent Withdrawn").by("b").with("channel", "email"));
    assertThat(intake.consents).isEmpty();
    assertThat(Intake.header(intake.dead.getFirst(), "ripen-reason"))
        .isEqualTo(
            "Consent Withdrawn: \"properties.purpose\" is missing"
                + " (expected: a word such as marketing)");
  }
}
