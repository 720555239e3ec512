package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.page;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an import's events make of leads: see {@code io.ripen.app.imports}. */
class ImportedIT {

  private final Intake intake = new Intake(TestDatabase.migrated());

  @Test
  void an_imported_lead_comes_from_the_list_and_was_never_there() {
    intake.take(imported("contact-a", "anna@example.com").contextTrait("firstName", "Anna"));
    UUID anna = intake.visitor("contact-a");

    assertThat(intake.lead(anna))
        .containsEntry("stage", "LEAD")
        .containsEntry("email", "anna@example.com")
        .containsEntry("visits", 0);
    assertThat(source(anna, "first")).isEqualTo("import fair-2026");
    assertThat(source(anna, "last")).isEqualTo("import fair-2026");
    assertThat(intake.signals()).contains("stage.lead").doesNotContain("site.revisited");
  }

  @Test
  void importing_again_learns_and_counts_no_visit() {
    intake.take(imported("contact-a", "anna@example.com"));
    intake.take(imported("contact-a", "Anna@example.com").minute(60 * 24));
    UUID anna = intake.visitor("contact-a");

    assertThat(intake.count("lead")).isEqualTo(1);
    assertThat(intake.lead(anna))
        .containsEntry("email", "Anna@example.com")
        .containsEntry("visits", 0);
    assertThat(intake.signals()).doesNotContain("site.revisited");
  }

  @Test
  void a_registered_user_with_the_same_address_is_not_taken_over() {
    intake.take(
        identify("u-1").by("pc").trait("email", "anna@example.com").trait("firstName", "Anna"));
    intake.take(
        imported("contact-a", "anna@example.com").contextTrait("firstName", "Nobody").minute(5));

    assertThat(intake.visitor("contact-a")).isNotEqualTo(intake.user("u-1"));
    assertThat(intake.lead(intake.user("u-1"))).containsEntry("first_name", "Anna");
    assertThat(intake.count("lead_merge")).isZero();
  }

  @Test
  void a_user_id_in_the_list_makes_one_of_the_user_and_what_was_imported_before() {
    intake.take(identify("u-1").by("pc").trait("email", "anna@example.com"));
    intake.take(imported("contact-a", "anna@example.com").minute(5));
    intake.take(imported("contact-a", "anna@example.com").user("u-1").minute(6));

    assertThat(intake.visitor("contact-a")).isEqualTo(intake.user("u-1"));
    assertThat(intake.count("lead_merge")).isEqualTo(1);
  }

  @Test
  void where_somebody_came_from_before_stays_their_first_source() {
    intake.take(
        page("/").by("pc").onPage("referrer", "https://www.google.com/").minute(1),
        identify("u-1").by("pc").minute(2));
    intake.take(imported("contact-a", "anna@example.com").user("u-1").minute(5));

    assertThat(source(intake.user("u-1"), "first")).startsWith("organic");
  }

  @Test
  void a_visit_after_the_import_is_the_last_source_and_the_list_stays_the_first() {
    intake.take(imported("contact-a", "anna@example.com").user("u-1").minute(1));
    intake.take(identify("u-1").by("pc").minute(9));
    intake.take(page("/").by("pc").onPage("referrer", "https://www.google.com/").minute(10));

    UUID anna = intake.user("u-1");
    assertThat(source(anna, "first")).isEqualTo("import fair-2026");
    assertThat(source(anna, "last")).startsWith("organic");
    assertThat(intake.lead(anna)).containsEntry("visits", 1);
  }

  @Test
  void consent_keeps_the_words_and_the_file_as_proof() {
    intake.take(
        imported("contact-a", "anna@example.com"),
        track("Consent Granted")
            .by("contact-a")
            .context("channel", "import")
            .with("channel", "email")
            .with("purpose", "marketing")
            .with("wording", "Yes, write to me")
            .with("import", "fair-2026.csv"));

    assertThat(intake.consents).hasSize(1);
    assertThat(intake.consents.getFirst().leadId()).isEqualTo(intake.visitor("contact-a"));
    assertThat(intake.consents.getFirst().proof().path("wording").asString())
        .isEqualTo("Yes, write to me");
    assertThat(intake.consents.getFirst().proof().path("import").asString())
        .isEqualTo("fair-2026.csv");
    assertThat(intake.lead(intake.visitor("contact-a"))).containsEntry("visits", 0);
  }

  private static Happening imported(String id, String email) {
    return track("Lead Imported")
        .by(id)
        .context("channel", "import")
        .campaign("fair-2026", "import")
        .contextTrait("email", email);
  }

  private String source(UUID lead, String which) {
    List<String> words =
        intake
            .jdbc
            .sql(
                """
                select concat_ws(' ', s ->> 'channel', s ->> 'source')
                from (select %s_source as s from lead where id = ?) l
                """
                    .formatted(which))
            .param(lead)
            .query(String.class)
            .list();
    return words.getFirst();
  }
}
