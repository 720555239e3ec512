package io.ripen.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.leads.UnknownLead;
import io.ripen.engine.steps.EnterFlow.Outcome;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What flows ask besides sending, on real PostgreSQL with leads in memory. */
class StepsIT {

  private static final String FLOW = "nurturing";
  private static final EnterFlow.Rule ANYBODY = new EnterFlow.Rule(null, null, null);

  private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated());
  private final Map<UUID, Map<String, @Nullable Object>> leads = new HashMap<>();
  private final UUID anna = UUID.randomUUID();
  private final Subject aboutAnna = Subject.lead(anna);
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long instance = 1000;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final Feel feel = new Feel(clock);
  private final LeadFacts facts =
      subject ->
          Optional.ofNullable(leads.get(subject.leadId()))
              .map(
                  lead ->
                      new Facts(
                          anna,
                          new Facts.Person(null, null, null, null, null, null, null, false),
                          Map.of("lead", lead)));
  private final EnterFlow enterFlow = new EnterFlow(new FlowEntryJdbc(jdbc), facts, feel, clock);
  private final LookUp lookUp = new LookUp(facts, feel);

  @BeforeEach
  void anna_is_a_lead() {
    jdbc.update(
        "insert into lead (id, stage, first_seen_at, last_seen_at) values (?, 'LEAD', now(), now())",
        anna);
    leads.put(
        anna,
        new HashMap<>(
            Map.of(
                "stage",
                "LEAD",
                "visits",
                4,
                "answers",
                Map.of("topic", "prices", "why", "I am Anna, call 555-123"))));
  }

  @Test
  void a_lead_may_enter_again_when_the_time_is_over() throws Exception {
    EnterFlow.Rule monthly = new EnterFlow.Rule(null, Period.ofDays(30), null);
    assertThat(enters(monthly)).isInstanceOf(Outcome.Entered.class);
    now = now.plus(Duration.ofDays(29));
    assertThat(enters(monthly))
        .isEqualTo(
            new Outcome.Refused(
                "too-soon",
                "The lead entered this flow on 2026-03-01, and may again from 2026-03-31."));
    now = now.plus(Duration.ofDays(1));
    assertThat(enters(monthly)).isInstanceOf(Outcome.Entered.class);
  }

  @Test
  void a_lead_may_enter_so_often_and_no_more() throws Exception {
    EnterFlow.Rule twice = new EnterFlow.Rule(null, null, 2);
    enters(twice);
    enters(twice);
    assertThat(enters(twice))
        .isEqualTo(
            new Outcome.Refused(
                "too-often", "The lead was in this flow 2 times, and 2 is the most."));
  }

  @Test
  void who_is_not_meant_does_not_enter_and_has_not_been_in() throws Exception {
    EnterFlow.Rule customers = new EnterFlow.Rule("lead.stage = \"CUSTOMER\"", null, 1);
    assertThat(enters(customers))
        .isEqualTo(
            new Outcome.Refused(
                "not-meant", "The condition does not hold: lead.stage = \"CUSTOMER\""));
    leads.get(anna).put("stage", "CUSTOMER");
    assertThat(enters(customers)).isInstanceOf(Outcome.Entered.class);
  }

  @Test
  void who_may_be_meant_but_nobody_knows_does_not_enter() throws Exception {
    String condition = "event.properties.price >= 100";
    assertThat(enters(new EnterFlow.Rule(condition, null, null)))
        .isEqualTo(new Outcome.Refused("not-meant", "The condition does not hold: " + condition));
  }

  @Test
  void what_was_decided_for_an_instance_stays() throws Exception {
    EnterFlow.Rule once = new EnterFlow.Rule(null, null, 1);
    Outcome first = enterFlow.enter(FLOW, 7, aboutAnna, once);
    assertThat(enterFlow.enter(FLOW, 7, aboutAnna, once)).isEqualTo(first);
    assertThat(enterFlow.enter(FLOW, 8, aboutAnna, once)).isInstanceOf(Outcome.Refused.class);
    assertThat(enterFlow.enter(FLOW, 8, aboutAnna, ANYBODY)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void what_a_lead_did_before_two_became_one_counts() throws Exception {
    UUID former = UUID.randomUUID();
    jdbc.update(
        "insert into lead (id, first_seen_at, last_seen_at, merged_into) values (?, now(), now(), ?)",
        former,
        anna);
    jdbc.update(
        "insert into flow_entry (flow, instance_key, lead_id, decided_at) values (?, 5, ?, now())",
        FLOW,
        former);
    assertThat(enters(new EnterFlow.Rule(null, null, 1))).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void flows_get_yes_or_no_numbers_and_words() throws Exception {
    assertThat(value("lead.visits > 3")).contains(true);
    assertThat(value("lead.answers.topic")).contains("prices");
    assertThat(value("lead.answers.unknown")).isEmpty();
    assertThat(value("{topic: lead.answers.topic, far: lead.visits >= 10}"))
        .contains(Map.of("topic", "prices", "far", false));
  }

  @Test
  void what_somebody_typed_does_not_leave_the_database() throws Exception {
    assertThat(value("lead.answers.why")).contains(LookUp.OTHER);
    assertThat(value("{why: lead.answers.why}")).contains(Map.of("why", LookUp.OTHER));
    assertThatThrownBy(() -> value("[lead.answers.why]"))
        .isInstanceOf(InvalidFeel.class)
        .hasMessageNotContaining("Anna");
  }

  @Test
  void conditions_go_by_our_own_clock() throws Exception {
    now = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(value("now() > date and time(\"2029-12-31T00:00:00Z\")")).contains(true);
  }

  @Test
  void a_lead_that_is_not_there_is_told() {
    UUID nobody = UUID.randomUUID();
    assertThatThrownBy(() -> lookUp.value(Subject.lead(nobody), "true"))
        .isInstanceOf(UnknownLead.class)
        .hasMessageContaining(nobody.toString());
  }

  private Optional<Object> value(String expression) throws InvalidFeel, UnknownLead {
    return lookUp.value(aboutAnna, expression);
  }

  private Outcome enters(EnterFlow.Rule rule) throws InvalidFeel, UnknownLead {
    return enterFlow.enter(FLOW, ++instance, aboutAnna, rule);
  }
}
