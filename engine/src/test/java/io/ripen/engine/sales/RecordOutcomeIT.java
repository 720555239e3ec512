package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RecordOutcomeIT {

  private static final UUID LEAD = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");

  private final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated());
  private final HandoffJdbc handoffs = new HandoffJdbc(jdbc);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final RecordOutcome outcomes = new RecordOutcome(handoffs, kafka, Clock.systemUTC());

  @BeforeEach
  void handed_over() {
    handoffs.add(
        1, new Choice(LEAD, "sales", "sales-leads", "anna", Duration.ofHours(4)), Instant.now());
  }

  @Test
  void the_outcome_is_kept_with_the_hand_over() throws InvalidVerdict {
    handoffs.keepNote(1, "call again in spring");
    record(Map.of("outcome", "disqualified", "reason", "unreachable", "budget", "no"));

    assertThat(jdbc.sql("select * from handoff").query().singleRow())
        .containsEntry("outcome", "disqualified")
        .containsEntry("reason", "unreachable")
        .containsEntry("budget", "no")
        .containsEntry("timing", null)
        .containsEntry("note", "call again in spring")
        .containsEntry("closed_by", "anna");
  }

  @Test
  void it_is_kept_where_the_lead_was_merged_before_somebody_was_chosen() throws InvalidVerdict {
    UUID before = UUID.randomUUID();
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(LEAD)
        .update();
    jdbc.sql(
            "insert into lead (id, first_seen_at, last_seen_at, merged_into) values (?, now(), now(), ?)")
        .params(before, LEAD)
        .update();
    outcomes.record(1, 5, before, Verdict.of(Map.of("outcome", "won")), "anna");

    assertThat(jdbc.sql("select * from handoff").query().singleRow())
        .containsEntry("outcome", "won")
        .containsEntry("closed_by", "anna");
  }

  @Test
  void that_of_another_lead_is_left_alone() throws InvalidVerdict {
    outcomes.record(1, 5, UUID.randomUUID(), Verdict.of(Map.of("outcome", "won")), "anna");

    assertThat(jdbc.sql("select * from handoff").query().singleRow())
        .containsEntry("outcome", null);
  }

  @Test
  void answers_and_outcome_become_events_of_the_lead() throws InvalidVerdict {
    record(Map.of("outcome", "notNow", "timing", "later"));

    assertThat(kafka.published())
        .extracting(
            event -> event.leadId(), event -> event.name(), event -> event.properties().toString())
        .containsExactly(
            tuple(
                LEAD,
                "Question Answered",
                "{\"question\":\"timing\",\"answer\":\"later\",\"by\":\"anna\"}"),
            tuple(LEAD, "Sales Outcome Recorded", "{\"outcome\":\"notNow\",\"by\":\"anna\"}"));
  }

  @Test
  void recorded_again_the_events_are_the_same_events() throws InvalidVerdict {
    record(Map.of("outcome", "won", "need", "yes"));
    record(Map.of("outcome", "won", "need", "yes"));

    assertThat(kafka.published()).hasSize(4);
    assertThat(kafka.published().stream().map(event -> event.messageId()).distinct()).hasSize(2);
  }

  @Test
  void without_kafka_it_is_not_done() {
    kafka.fails();

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> record(Map.of("outcome", "won")));
  }

  private void record(Map<String, String> chosen) throws InvalidVerdict {
    outcomes.record(1, 5, LEAD, Verdict.of(chosen), "anna");
  }
}
