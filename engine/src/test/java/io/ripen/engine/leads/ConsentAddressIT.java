package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.alias;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.ConsentsFixture;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two people, one after the other, leave their addresses in one browser. */
class ConsentAddressIT {

  private static final String TABLET = "tablet";
  private static final String ANNA = "anna@example.com";
  private static final String BOB = "bob@example.com";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Intake intake = new Intake(database);

  @Test
  void what_one_agreed_to_is_not_the_others_though_they_are_one_lead() {
    intake.take(form(ANNA, 1), agrees("email", "newsletter", 1));
    UUID lead = intake.visitor(TABLET);
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());
    assertThat(facts(lead)).isEqualTo(Map.of("email", Map.of("newsletter", true)));

    intake.take(form(BOB, 2));
    assertThat(intake.visitor(TABLET)).isEqualTo(lead);
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.NeverGiven());
    assertThat(facts(lead)).isNull();

    intake.take(agrees("email", "newsletter", 3));
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.Granted());
    assertThat(facts(lead)).isEqualTo(Map.of("email", Map.of("newsletter", true)));
  }

  @Test
  void in_one_batch_as_well() {
    intake.take(
        form(ANNA, 1),
        agrees("email", "newsletter", 1),
        form(BOB, 2),
        agrees("sms", "marketing", 2));
    UUID lead = intake.visitor(TABLET);
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.NeverGiven());
  }

  @Test
  void what_was_agreed_to_before_any_address_is_for_the_first_one() {
    intake.take(agrees("email", "newsletter", 1));
    UUID lead = intake.visitor(TABLET);
    intake.take(form(ANNA, 2));
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());

    intake.take(form(BOB, 3));
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.NeverGiven());
    intake.take(form("Anna@Example.com", 4));
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());
    assertThat(facts(lead)).isEqualTo(Map.of("email", Map.of("newsletter", true)));
  }

  @Test
  void a_number_has_its_own_yes_as_well() {
    intake.take(form("phone", "+36301234567", 1), agrees("sms", "marketing", 1));
    UUID lead = intake.visitor(TABLET);
    assertThat(facts(lead)).isEqualTo(Map.of("sms", Map.of("marketing", true)));

    intake.take(form("phone", "+36309999999", 2));
    assertThat(facts(lead)).isNull();
    assertThat(intake.permissions.permission(lead, "sms", "marketing", "+36309999999"))
        .isEqualTo(new Permission.NeverGiven());
  }

  /** As of an advertising platform, whose lead may have another address by then. */
  @Test
  void a_yes_that_comes_with_an_address_is_for_that_one() {
    intake.take(
        form(BOB, 5),
        agrees("email", "newsletter", 2).says("email", ANNA),
        agrees("sms", "marketing", 3).says("phone", "+36 30 123 4567"),
        form("phone", "+36309999999", 6));
    UUID lead = intake.visitor(TABLET);

    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.NeverGiven());
    assertThat(intake.permissions.permission(lead, "sms", "marketing", "+36301234567"))
        .isEqualTo(new Permission.Granted());
    assertThat(intake.permissions.permission(lead, "sms", "marketing", "+36309999999"))
        .isEqualTo(new Permission.NeverGiven());
  }

  /** As on a site without a country: what they wrote is another number, and nobody knows which. */
  @ParameterizedTest
  @ValueSource(strings = {"0630 999 9999", "12", "n/a"})
  void a_yes_right_after_a_number_that_cannot_be_read_is_for_no_other(String written) {
    intake.take(form("phone", "+36301234567", 1));
    UUID lead = intake.visitor(TABLET);
    intake.take(form("phone", written, 2), agrees("sms", "newsletter", 2));

    assertThat(intake.consents).isEmpty();
    assertThat(intake.dead).isEmpty();
    assertThat(intake.lead(lead)).containsEntry("phone", "+36301234567");
    assertThat(permission(lead, "sms", "+36301234567")).isEqualTo(new Permission.NeverGiven());
    assertThat(notCounted()).isEqualTo(1);

    intake.take(
        form("phone", "+36301234567", 3), agrees("sms", "newsletter", 4).with("notCounted", true));
    assertThat(permission(lead, "sms", "+36301234567")).isEqualTo(new Permission.Granted());
    assertThat(notCounted()).as("only we say so").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "sms, phone, +36301234567, 0630 999 9999",
    "email, email, anna@example.com, bob at example.com"
  })
  void a_yes_that_comes_with_what_cannot_be_read_is_for_no_other(
      String channel, String trait, String known, String written) {
    intake.take(form(trait, known, 1));
    intake.take(agrees(channel, "newsletter", 2).says(trait, written));
    UUID lead = intake.visitor(TABLET);

    assertThat(intake.consents).isEmpty();
    assertThat(intake.dead).isEmpty();
    assertThat(permission(lead, channel, known)).isEqualTo(new Permission.NeverGiven());
    assertThat(facts(lead)).isNull();
    assertThat(notCounted()).isEqualTo(1);
  }

  @Test
  void nor_is_it_for_the_first_one_that_becomes_known() {
    intake.take(form("phone", "0630 123 4567", 1), agrees("sms", "newsletter", 1));
    intake.take(form("phone", "+36309999999", 2));
    assertThat(permission(intake.visitor(TABLET), "sms", "+36309999999"))
        .isEqualTo(new Permission.NeverGiven());
  }

  @Test
  void where_the_country_is_known_the_number_can_be_read_and_the_yes_is_for_it() {
    intake.take(
        form("phone", "+36301234567", 1),
        form("phone", "030 901820", 2).site("laden"),
        agrees("sms", "newsletter", 2));
    UUID lead = intake.visitor(TABLET);
    assertThat(permission(lead, "sms", "+4930901820")).isEqualTo(new Permission.Granted());
    assertThat(permission(lead, "sms", "+36301234567")).isEqualTo(new Permission.NeverGiven());
  }

  @Test
  void a_no_counts_whatever_they_wrote_and_so_does_what_ripen_knows_itself() {
    intake.take(form("phone", "+36301234567", 1), agrees("sms", "newsletter", 1));
    UUID lead = intake.visitor(TABLET);
    intake.take(
        form("phone", "0630 999 9999", 2),
        track("Consent Withdrawn")
            .by(TABLET)
            .with("channel", "sms")
            .with("purpose", "newsletter")
            .minute(3));
    assertThat(permission(lead, "sms", "+36301234567")).isInstanceOf(Permission.Withdrawn.class);

    intake.take(
        track("Consent Granted")
            .lead(lead)
            .with("channel", "sms")
            .with("purpose", "newsletter")
            .minute(4));
    assertThat(permission(lead, "sms", "+36301234567")).isEqualTo(new Permission.Granted());
    assertThat(notCounted()).isZero();
  }

  /** As the gate: who unsubscribed is not brought back by an old list. */
  @Test
  void facts_know_of_a_list_only_where_somebody_said_nothing_themselves() {
    intake.take(
        form(ANNA, 1),
        agrees("email", "newsletter", 1),
        track("Consent Withdrawn")
            .by(TABLET)
            .with("channel", "email")
            .with("purpose", "newsletter")
            .minute(2),
        agrees("email", "newsletter", 3).with("import", "old-list.csv"));
    UUID lead = intake.visitor(TABLET);
    assertThat(newsletter(lead, ANNA)).isInstanceOf(Permission.Withdrawn.class);
    assertThat(facts(lead)).isEqualTo(Map.of("email", Map.of("newsletter", false)));
  }

  /** A shop's list: when they agreed is the same each month, the address is the one of today. */
  @Test
  void a_list_that_tells_the_same_yes_again_tells_it_for_the_new_address() {
    intake.take(listed(ANNA, 10), agreedOnceIn("april.csv"));
    UUID lead = intake.user("u-1");
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());

    intake.take(listed("anna@new.example", 20), agreedOnceIn("may.csv"));
    assertThat(newsletter(lead, "anna@new.example")).isEqualTo(new Permission.Granted());
    assertThat(facts(lead)).isEqualTo(Map.of("email", Map.of("newsletter", true)));
  }

  /** They open the page behind a message that was sent before they turned out to be a user. */
  @Test
  void a_yes_on_the_preference_page_is_for_the_address_of_the_message_after_a_merge_too() {
    intake.take(identify("u-1").minute(0), form(ANNA, 1));
    UUID former = intake.visitor(TABLET);
    var touch =
        new TouchRef(4_711L, former, "email", "marketing", "abandoned-cart", "serviceTask_remind");
    sql.update(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at, handed_over_at, sent_to)
        values (4711, ?, 'email', 'marketing', 'abandoned-cart', 1, 'serviceTask_remind', 1,
          'reminder', 'normal', 'accepted', now(), now(), md5(?))
        """,
        former,
        ANNA);
    intake.take(identify("u-1").trait("email", BOB).minute(2));
    intake.take(alias(TABLET, "u-1").minute(3));
    UUID lead = intake.user("u-1");
    assertThat(intake.lead(former)).containsEntry("merged_into", lead);
    assertThat(intake.lead(lead)).containsEntry("email", BOB);

    Clock clock = Clock.fixed(Happening.NOON.plus(Duration.ofMinutes(4)), ZoneOffset.UTC);
    intake.take(
        ConsentsFixture.prefers(sql, touch, "email.newsletter", clock).stream()
            .map(new EventJson()::write)
            .toList());
    assertThat(newsletter(lead, ANNA)).isEqualTo(new Permission.Granted());
    assertThat(newsletter(lead, BOB)).isEqualTo(new Permission.NeverGiven());
    assertThat(facts(lead)).isNull();
  }

  private static Happening listed(String email, int minute) {
    return track("Lead Imported")
        .by("contact-of-" + email)
        .user("u-1")
        .context("channel", "import")
        .contextTrait("email", email)
        .minute(minute);
  }

  private static Happening agreedOnceIn(String file) {
    return agrees("email", "newsletter", 1).by("contact").user("u-1").with("import", file);
  }

  private static Happening form(String email, int minute) {
    return form("email", email, minute);
  }

  private static Happening form(String trait, String value, int minute) {
    return track("Form Submitted").by(TABLET).says(trait, value).minute(minute);
  }

  private static Happening agrees(String channel, String purpose, int minute) {
    return track("Consent Granted")
        .by(TABLET)
        .with("channel", channel)
        .with("purpose", purpose)
        .minute(minute);
  }

  private Permission newsletter(UUID lead, String address) {
    return permission(lead, "email", address);
  }

  private Permission permission(UUID lead, String channel, String address) {
    return intake.permissions.permission(lead, channel, "newsletter", address);
  }

  /** How many events say that their yes does not count. */
  private long notCounted() {
    return intake
        .jdbc
        .sql("select count(*) from event where properties ->> 'notCounted' is not null")
        .query(Long.class)
        .single();
  }

  private Object facts(UUID lead) {
    return Intake.lead(intake.facts.read(Subject.lead(lead)).orElseThrow()).get("consents");
  }
}
