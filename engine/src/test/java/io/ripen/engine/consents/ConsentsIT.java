package io.ripen.engine.consents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.Permission.Granted;
import io.ripen.engine.consents.Permission.NeverGiven;
import io.ripen.engine.consents.Permission.Suppressed;
import io.ripen.engine.consents.Permission.Withdrawn;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ConsentsIT {

  private static final String PHONE = "+36301234567";
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final ConsentsJdbc consents = new ConsentsJdbc(sql, PrivacyFixture.HASH);
  private final SuppressionsJdbc suppressions = new SuppressionsJdbc(sql, PrivacyFixture.HASH);

  private UUID aLead(String email, UUID mergedInto) {
    UUID id = UUID.randomUUID();
    sql.update(
        "insert into lead (id, email, merged_into, first_seen_at, last_seen_at)"
            + " values (?, ?, ?, now(), now())",
        id,
        email,
        mergedInto);
    return id;
  }

  private void says(UUID lead, boolean yes, Instant at) {
    consents.record(List.of(change(lead, yes, at)));
  }

  private static ConsentChange change(UUID lead, boolean yes, Instant at) {
    return new ConsentChange(
        lead, "email", "marketing", yes, at, JsonNodeFactory.instance.objectNode());
  }

  private Permission permission(UUID lead) {
    return consents.permission(lead, "email", "marketing", "anna@example.org");
  }

  @Test
  void who_never_said_anything_may_not_be_written_to() {
    assertThat(permission(aLead("anna@example.org", null))).isEqualTo(new NeverGiven());
    assertThat(permission(UUID.randomUUID())).as("nobody").isEqualTo(new NeverGiven());
  }

  @Test
  void the_newest_word_counts_in_whatever_order_it_comes() {
    UUID lead = aLead("anna@example.org", null);
    says(lead, false, APRIL);
    says(lead, true, MARCH);
    assertThat(permission(lead)).isEqualTo(new Withdrawn(APRIL));

    says(lead, true, MAY);
    assertThat(permission(lead)).isEqualTo(new Granted());
  }

  /** Whoever exported the list did not know what the person said here meanwhile. */
  @Test
  void what_a_list_says_counts_only_until_the_person_says_something() {
    UUID lead = aLead("anna@example.org", null);
    imported(lead, MARCH);
    assertThat(permission(lead)).isEqualTo(new Granted());

    says(lead, false, APRIL);
    imported(lead, MAY);
    assertThat(permission(lead)).isEqualTo(new Withdrawn(APRIL));
  }

  /** A shop's list tells each month when they agreed, and where they are reached by now. */
  @Test
  void a_list_that_tells_a_yes_again_tells_it_for_the_address_of_today() {
    UUID lead = aLead("bob@example.org", null);
    imported(lead, MARCH, "anna@example.org");
    imported(lead, MARCH, "bob@example.org");
    imported(lead, MARCH, null);
    assertThat(bobs(lead)).isEqualTo(new Granted());
    assertThat(permission(lead)).isEqualTo(new NeverGiven());
  }

  @Test
  void a_list_takes_no_word_of_their_own_for_another_address() {
    UUID lead = aLead("bob@example.org", null);
    saysOf(lead, "anna@example.org", true, MARCH);
    imported(lead, MARCH, "bob@example.org");
    assertThat(permission(lead)).isEqualTo(new Granted());
    assertThat(bobs(lead)).isEqualTo(new NeverGiven());
  }

  @Test
  void a_list_does_not_lift_what_an_unsubscribe_suppressed() {
    UUID who = aLead("anna@example.org", null);
    suppressions.suppressAddressOf(who, "email", "marketing", APRIL);
    UUID imported = aLead("anna@example.org", null);
    imported(imported, MAY);
    assertThat(permission(imported)).isEqualTo(new Suppressed("unsubscribed", APRIL));

    says(imported, true, MAY.plusSeconds(1));
    assertThat(permission(imported)).as("their own word").isEqualTo(new Granted());
  }

  /** STOP closes all; asking opens only the question, and the answer all. */
  @Test
  void after_a_stop_asking_opens_the_question_and_confirming_opens_the_channel() {
    UUID lead = aLead(null, null);
    said(lead, "marketing", true, MARCH);
    assertThat(texts(lead)).containsOnly(new Granted(), new Granted(), new NeverGiven());

    suppressions.suppress("sms", PHONE, Suppressions.ALL, Suppressions.UNSUBSCRIBED, APRIL);
    said(lead, "marketing", false, APRIL);
    assertThat(texts(lead)).containsOnly(new Suppressed("unsubscribed", APRIL));

    said(lead, "confirmation", true, APRIL.plusSeconds(60));
    assertThat(texts(lead))
        .containsExactly(
            new Suppressed("unsubscribed", APRIL),
            new Suppressed("unsubscribed", APRIL),
            new Granted());

    said(lead, "marketing", true, APRIL.plusSeconds(120));
    assertThat(texts(lead)).containsOnly(new Granted());
    UUID other = aLead(null, null);
    assertThat(consents.permission(other, "sms", "transactional", PHONE))
        .as("somebody else with that number")
        .isEqualTo(new Suppressed("unsubscribed", APRIL));

    suppressions.suppress("sms", PHONE, Suppressions.ALL, Suppressions.UNSUBSCRIBED, MAY);
    said(lead, "marketing", false, MAY);
    assertThat(texts(lead)).containsOnly(new Suppressed("unsubscribed", MAY));
  }

  /** The event door is open to whoever reads a page's write key. */
  @Test
  void a_yes_that_anybody_could_tell_lifts_no_stop() {
    UUID lead = aLead(null, null);
    suppressions.suppress("sms", PHONE, Suppressions.ALL, Suppressions.UNSUBSCRIBED, APRIL);
    said(lead, "marketing", MAY, JsonNodeFactory.instance.objectNode());
    assertThat(texts(lead)).containsOnly(new Suppressed("unsubscribed", APRIL));
  }

  @Test
  void a_yes_to_texts_is_the_number_s_that_confirmed_it() {
    UUID lead = aLead(null, null);
    sql.update(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at, handed_over_at, sent_to)
        values (4711, ?, 'sms', 'confirmation', 'text-message-subscription', 1, 'ask', 1, 'confirm',
          'normal', 'accepted', now(), now(), md5(?))
        """,
        lead,
        PHONE);
    ObjectNode proof = JsonNodeFactory.instance.objectNode().put("by", "link").put("touch", "4711");
    said(lead, "marketing", MARCH, proof);
    assertThat(consents.permission(lead, "sms", "marketing", PHONE)).isEqualTo(new Granted());
    assertThat(consents.permission(lead, "sms", "marketing", "+36309999999"))
        .isEqualTo(new NeverGiven());
  }

  @Test
  void a_yes_by_email_is_for_the_address_that_it_was_given_for_and_a_no_for_all() {
    UUID lead = aLead("bob@example.org", null);
    saysOf(lead, "Anna@example.org", true, MARCH);
    assertThat(permission(lead)).isEqualTo(new Granted());
    assertThat(bobs(lead)).isEqualTo(new NeverGiven());

    saysOf(lead, "bob@example.org", true, APRIL);
    assertThat(permission(lead)).as("hers is hers").isEqualTo(new Granted());
    assertThat(bobs(lead)).isEqualTo(new Granted());

    saysOf(lead, "bob@example.org", false, MAY);
    assertThat(permission(lead)).isEqualTo(new Withdrawn(MAY));
    assertThat(bobs(lead)).isEqualTo(new Withdrawn(MAY));
  }

  @Test
  void a_confirmed_yes_is_for_the_address_that_the_touch_went_to_whatever_is_known_by_then() {
    UUID lead = aLead("bob@example.org", null);
    sql.update(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at, handed_over_at, sent_to)
        values (4712, ?, 'email', 'transactional', 'second-visit-subscription', 1, 'ask', 1,
          'confirm', 'normal', 'accepted', now(), now(), md5('anna@example.org'))
        """,
        lead);
    consents.record(
        List.of(
            new ConsentChange(
                lead,
                "email",
                "marketing",
                true,
                MARCH,
                JsonNodeFactory.instance.objectNode().put("by", "link").put("touch", "4712"),
                "bob@example.org")));
    assertThat(permission(lead)).isEqualTo(new Granted());
    assertThat(bobs(lead)).isEqualTo(new NeverGiven());
  }

  @Test
  void what_was_allowed_before_any_address_was_known_is_for_the_first_one() {
    UUID lead = aLead("bob@example.org", null);
    UUID merged = aLead(null, lead);
    says(merged, true, MARCH);
    saysOf(lead, null, false, MARCH.minusSeconds(1));
    assertThat(bobs(lead)).isEqualTo(new Granted());

    consents.bind(List.of(new Consents.FirstAddress(lead, "email", "anna@example.org")));
    consents.bind(List.of(new Consents.FirstAddress(lead, "email", "bob@example.org")));
    assertThat(permission(lead)).isEqualTo(new Granted());
    assertThat(bobs(lead)).isEqualTo(new Withdrawn(MARCH.minusSeconds(1)));
  }

  @Test
  void who_never_said_anything_may_have_asked_for_a_pause() {
    UUID lead = aLead("anna@example.org", null);
    UUID merged = aLead(null, lead);
    sql.update(
        "insert into pause (lead_id, until_at) values (?, ?)",
        merged,
        MAY.atOffset(java.time.ZoneOffset.UTC));
    assertThat(consents.permission(lead, "popup", "marketing", lead.toString()))
        .isEqualTo(new NeverGiven(MAY));
  }

  private void saysOf(UUID lead, String address, boolean yes, Instant at) {
    consents.record(
        List.of(
            new ConsentChange(
                lead,
                "email",
                "marketing",
                yes,
                at,
                JsonNodeFactory.instance.objectNode(),
                address)));
  }

  private Permission bobs(UUID lead) {
    return consents.permission(lead, "email", "marketing", "Bob@example.org");
  }

  @Test
  void no_yes_brings_back_a_number_that_does_not_exist_or_complained() {
    UUID lead = aLead(null, null);
    suppressions.suppress("sms", PHONE, Suppressions.ALL, Suppressions.BOUNCED, MARCH);
    said(lead, "confirmation", true, APRIL);
    said(lead, "marketing", true, MAY);
    assertThat(texts(lead)).containsOnly(new Suppressed("bounced", MARCH));
  }

  /** Marketing, transactional, and the message that asks to confirm. */
  private List<Permission> texts(UUID lead) {
    return Stream.of("marketing", "transactional", "confirmation")
        .map(purpose -> consents.permission(lead, "sms", purpose, PHONE))
        .toList();
  }

  private void said(UUID lead, String purpose, boolean yes, Instant at) {
    ObjectNode proof = JsonNodeFactory.instance.objectNode().put("by", "double-opt-in: answer");
    consents.record(List.of(new ConsentChange(lead, "sms", purpose, yes, at, proof)));
  }

  private void said(UUID lead, String purpose, Instant at, ObjectNode proof) {
    consents.record(List.of(new ConsentChange(lead, "sms", purpose, true, at, proof)));
  }

  private void imported(UUID lead, Instant at) {
    imported(lead, at, null);
  }

  private void imported(UUID lead, Instant at, @Nullable String address) {
    consents.record(
        List.of(
            new ConsentChange(
                lead,
                "email",
                "marketing",
                true,
                at,
                JsonNodeFactory.instance.objectNode().put("import", "list.csv"),
                address)));
  }

  @Test
  void of_yes_and_no_at_the_same_time_in_two_histories_no_counts() {
    UUID survivor = aLead("anna@example.org", null);
    UUID merged = aLead(null, survivor);
    says(survivor, true, APRIL);
    says(merged, false, APRIL);

    assertThat(permission(survivor)).isEqualTo(new Withdrawn(APRIL));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_yes_and_no_at_the_same_time_no_counts_and_both_stay_on_record(boolean first) {
    UUID lead = aLead("anna@example.org", null);
    consents.record(List.of(change(lead, first, APRIL), change(lead, !first, APRIL)));

    assertThat(permission(lead)).isEqualTo(new Withdrawn(APRIL));
    assertThat(sql.queryForList("select granted from consent", Boolean.class))
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void the_same_change_twice_is_one() {
    UUID lead = aLead("anna@example.org", null);
    says(lead, true, MARCH);
    says(lead, true, MARCH);

    assertThat(sql.queryForObject("select count(*) from consent", Integer.class)).isEqualTo(1);
  }

  @Test
  void what_a_lead_allowed_before_it_was_merged_counts_from_every_side() {
    UUID survivor = aLead("anna@example.org", null);
    UUID middle = aLead(null, survivor);
    UUID first = aLead(null, middle);
    says(first, true, MARCH);

    assertThat(permission(survivor)).isEqualTo(new Granted());
    assertThat(permission(middle)).isEqualTo(new Granted());
    says(middle, false, APRIL);
    assertThat(permission(survivor)).isEqualTo(new Withdrawn(APRIL));
    assertThat(permission(first)).isEqualTo(new Withdrawn(APRIL));
  }

  @Test
  void an_address_that_one_lead_took_out_is_out_for_every_lead() {
    UUID one = aLead(" Anna@Example.org", null);
    UUID other = aLead("anna@example.org", null);
    says(other, true, MARCH);
    suppressions.suppressAddressOf(one, "email", "marketing", APRIL);

    assertThat(permission(other)).isEqualTo(new Suppressed("unsubscribed", APRIL));
    assertThat(consents.permission(other, "email", "marketing", "ANNA@example.org "))
        .isEqualTo(new Suppressed("unsubscribed", APRIL));
    assertThat(consents.permission(other, "email", "transactional", "anna@example.org"))
        .isEqualTo(new Granted());
  }

  @Test
  void who_says_yes_again_is_written_to_again() {
    UUID lead = aLead("anna@example.org", null);
    says(lead, false, MARCH);
    suppressions.suppressAddressOf(lead, "email", "marketing", MARCH);
    says(lead, true, APRIL);

    assertThat(permission(lead)).isEqualTo(new Granted());
  }

  @Test
  void no_yes_brings_a_bounced_address_back() {
    UUID lead = aLead("anna@example.org", null);
    sql.update(
        "insert into suppression values ('email', 'anna@example.org', 'all', 'bounced', ?)",
        MARCH.atOffset(java.time.ZoneOffset.UTC));
    says(lead, true, APRIL);

    assertThat(permission(lead)).isEqualTo(new Suppressed("bounced", MARCH));
  }

  @Test
  void who_wanted_nothing_and_was_erased_is_not_written_to_when_somebody_brings_them_back() {
    UUID before = aLead("anna@example.org", null);
    suppressions.suppressAddressOf(before, "email", "marketing", MARCH);
    PrivacyFixture.erase(database, Clock.systemUTC(), before);

    UUID again = aLead("Anna@example.org", null);
    imported(again, APRIL);
    assertThat(permission(again)).isEqualTo(new Suppressed("unsubscribed", MARCH));
    says(again, true, MAY);
    assertThat(permission(again)).as("their own yes").isEqualTo(new Granted());
    assertThat(suppressions.lift("email", "anna@example.org", "unsubscribed", APRIL)).isEmpty();
    assertThat(sql.queryForObject("select count(*) from suppression", Long.class))
        .as("the purpose's own")
        .isZero();
  }

  @Test
  void nothing_is_kept_of_what_an_erased_lead_says_by_an_old_link() {
    UUID lead = aLead("anna@example.org", null);
    PrivacyFixture.erase(database, Clock.systemUTC(), lead);
    says(lead, false, MAY);
    assertThat(sql.queryForObject("select count(*) from consent", Long.class)).isZero();
  }
}
