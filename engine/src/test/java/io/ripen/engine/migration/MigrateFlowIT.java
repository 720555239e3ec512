package io.ripen.engine.migration;

import static io.ripen.engine.migration.Drawing.FLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.migration.MigrateFlow.Wish;
import io.ripen.engine.migration.ZeebeMigration.Answer;
import io.ripen.engine.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On the real tables; Zeebe answers what the test says. */
class MigrateFlowIT {

  private static final Wish ALL = new Wish(FLOW, null, null, Map.of());

  private final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated());
  private final Map<Long, Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final MigrateFlow migrate = new MigrateFlow(new MigrationJdbc(jdbc), this::move);

  @BeforeEach
  void threeVersions() {
    Drawing remindFirst =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .way("start", "send_reminder", "wait_day");
    Drawing remindLater =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_reminder", "reminder")
            .way("start", "wait_day", "send_reminder");
    version(1, remindFirst);
    version(2, remindFirst);
    version(3, remindLater);
  }

  @Test
  void the_preview_counts_who_fares_alike_the_older_versions_first() throws InvalidMigration {
    instance(11, 1, "wait_day");
    instance(12, 1, "wait_day");
    instance(13, 1, "wait_day");
    touch(13, "accepted");
    instance(21, 2, "send_reminder");

    Preview preview = migrate.preview(ALL);

    assertThat(preview.to()).isEqualTo(3);
    assertThat(preview.groups())
        .extracting(group -> group.version() + " " + group.instances() + " " + group.places())
        .containsExactly(
            "1 2 {\"Wait\" (wait_day)=\"Wait\" (wait_day)}",
            "1 1 {\"Wait\" (wait_day)=}",
            "2 1 {\"Send reminder\" (send_reminder)=\"Send reminder\" (send_reminder)}");
    assertThat(preview.groups().get(1).refused()).startsWith("it would repeat a touch");
    assertThat(asked).isEmpty();
  }

  @Test
  void what_never_reached_anybody_is_no_touch() throws InvalidMigration {
    instance(11, 1, "wait_day");
    touch(11, "denied");
    instance(12, 1, "wait_day");
    touch(12, "rejected");

    assertThat(migrate.preview(ALL).groups())
        .singleElement()
        .satisfies(group -> assertThat(group.refused()).isNull());
  }

  @Test
  void batches_go_through_all_versions_and_zeebes_refusals_hold_nobody_up()
      throws InvalidMigration {
    for (long key = 11; key <= 14; key++) {
      instance(key, 1, "wait_day");
    }
    instance(21, 2, "wait_day");
    touch(12, "uncertain");
    answers.put(13L, new Answer.Refused("it has gone on"));
    answers.put(14L, new Answer.Gone());
    answers.put(21L, new Answer.NotNow("busy"));

    Batch first = migrate.move(ALL, null, -1, 2);
    assertThat(first).isEqualTo(new Batch(1, 12, true, 1, 0, 1, List.of()));
    Batch second = migrate.move(ALL, first.version(), first.after(), 2);
    assertThat(second)
        .isEqualTo(
            new Batch(
                1,
                14,
                true,
                0,
                1,
                0,
                List.of(new Batch.Left(13, "Zeebe refused: it has gone on"))));
    Batch third = migrate.move(ALL, second.version(), second.after(), 2);
    assertThat(third)
        .isEqualTo(
            new Batch(
                2,
                21,
                true,
                0,
                0,
                0,
                List.of(new Batch.Left(21, "Zeebe did not answer, try again: busy"))));
    assertThat(migrate.move(ALL, third.version(), third.after(), 2).more()).isFalse();
    assertThat(asked)
        .containsExactly(
            "11 to 103 {wait_day=wait_day}",
            "13 to 103 {wait_day=wait_day}",
            "14 to 103 {wait_day=wait_day}",
            "21 to 103 {wait_day=wait_day}");
  }

  @Test
  void only_from_one_version_and_to_another_that_is_not_the_newest() throws InvalidMigration {
    instance(11, 1, "wait_day");
    instance(21, 2, "wait_day");
    instance(31, 3, "wait_day");

    assertThat(migrate.preview(new Wish(FLOW, null, 2, Map.of())).groups())
        .extracting(Preview.Group::version)
        .containsExactly(1);
    assertThat(migrate.preview(new Wish(FLOW, 2, null, Map.of())).groups())
        .extracting(Preview.Group::version)
        .containsExactly(2);
    assertThat(migrate.preview(new Wish(FLOW, 3, 1, Map.of())).groups())
        .extracting(Preview.Group::version)
        .containsExactly(3);
  }

  @Test
  void a_wish_that_makes_no_sense_is_refused_with_what_would() {
    instance(11, 1, "wait_day");
    assertRefused(new Wish("nothing", null, null, Map.of()), "there is no flow nothing");
    assertRefused(new Wish(FLOW, null, 9, Map.of()), "flow flow has no version 9");
    assertRefused(new Wish(FLOW, 3, 3, Map.of()), "version 3 is both");
    assertRefused(
        new Wish(FLOW, null, null, Map.of("wait_day", "wait_dya")), "--map names wait_dya");
  }

  private void assertRefused(Wish wish, String reason) {
    assertThatThrownBy(() -> migrate.preview(wish))
        .isInstanceOf(InvalidMigration.class)
        .hasMessageContaining(reason);
  }

  private CompletableFuture<Answer> move(
      long instance, long processKey, Map<String, String> instructions) {
    asked.add("%d to %d %s".formatted(instance, processKey, instructions));
    return CompletableFuture.completedFuture(answers.getOrDefault(instance, new Answer.Moved()));
  }

  private void version(int version, Drawing drawing) {
    jdbc.sql(
            """
            insert into flow_version
              (process_key, process_id, version, name, xml, signals, deployed_at)
            values (?, ?, ?, 'Flow', ?, '{}', now())
            """)
        .params(100 + version, FLOW, version, drawing.xml())
        .update();
  }

  private void instance(long key, int version, String place) {
    active(key, version, key, FLOW, "PROCESS");
    active(key + 1000, version, key, place, "SERVICE_TASK");
  }

  private void active(long key, int version, long instance, String element, String type) {
    jdbc.sql("insert into flow_element_instance values (?, 1, ?, ?, ?, ?)")
        .params(key, 100 + version, instance, element, type)
        .update();
  }

  private void touch(long instance, String state) {
    jdbc.sql(
            """
            insert into touch
              (key, lead_id, channel, purpose, flow, flow_version, element_id,
               process_instance_key, message, priority, state, planned_at)
            values (?, gen_random_uuid(), 'email', 'marketing', ?, 1, 'send_reminder', ?,
              'reminder', 'normal', ?, now())
            """)
        .params(instance + 2000, FLOW, instance, state)
        .update();
  }
}
