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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On the real tables; Zeebe answers what the test says. */
class MigrateFlowIT {

  private static final Wish TO_HELLO = new Wish(FLOW, 1, 4, Map.of("send_reminder", "send_hello"));
  private static final Wish ALL = new Wish(FLOW, null, null, Map.of());

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final MovesJdbc moves = new MovesJdbc(jdbc);
  private final Map<Long, Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final MigrateFlow migrate =
      new MigrateFlow(
          new MigrationJdbc(jdbc, moves),
          new MoveInstances(
              moves, this::move, new TransactionTemplate(new JdbcTransactionManager(database))));

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
                List.of(new Batch.Left(21, "Zeebe did not answer, try again in a minute: busy"))));
    assertThat(migrate.move(ALL, third.version(), third.after(), 2).more()).isFalse();
    assertThat(asked)
        .containsExactly(
            "11 to 103 {wait_day=wait_day}",
            "13 to 103 {wait_day=wait_day}",
            "14 to 103 {wait_day=wait_day}",
            "21 to 103 {wait_day=wait_day}");
  }

  @Test
  void a_step_that_sent_is_known_again_after_two_moves() throws InvalidMigration {
    sayHelloInstead();
    instance(11, 1, "wait_day");
    touch(11, "accepted");

    move(TO_HELLO);
    isSeenOn(4, 11);

    assertThat(refused(new Wish(FLOW, 4, 5, Map.of())))
        .isEqualTo(
            "it would repeat a touch: from \"Wait\" (wait_day) it could come to \"Send hey\""
                + " (send_hello) in version 5, and message reminder was sent by email already at"
                + " send_reminder of version 1");
    assertThat(migrate.preview(new Wish(FLOW, 4, 2, Map.of())).groups())
        .as("where nothing of the kind comes any more")
        .singleElement()
        .satisfies(group -> assertThat(group.refused()).isNull());
  }

  @Test
  void who_was_moved_by_another_program_after_a_touch_stays() throws InvalidMigration {
    sayHelloInstead();
    instance(11, 4, "wait_day");
    touch(11, "accepted");

    assertThat(refused(new Wish(FLOW, 4, 5, Map.of())))
        .isEqualTo(
            "message reminder was sent at send_reminder of version 1, and nobody can tell which step"
                + " of version 4 that is, since no ./ripen flow migrate has moved it from there; let"
                + " it end on version 4");
  }

  @Test
  void who_was_moved_is_not_judged_where_it_was_though_it_is_still_seen_there()
      throws InvalidMigration {
    sayHelloInstead();
    instance(11, 1, "wait_day");

    move(TO_HELLO);

    assertThat(refused(new Wish(FLOW, 1, 5, Map.of())))
        .startsWith("it was moved to version 4 already");
    assertThat(migrate.move(new Wish(FLOW, 1, 5, Map.of()), null, -1, 10).refused()).isEqualTo(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void an_answer_that_never_came_holds_up_for_a_minute_and_a_no_not_at_all()
      throws InvalidMigration {
    sayHelloInstead();
    instance(11, 1, "wait_day");
    touch(11, "accepted");
    Wish toRemindFirst = new Wish(FLOW, 1, 2, Map.of());

    answers.put(11L, new Answer.Refused("no"));
    move(TO_HELLO);
    assertThat(refused(toRemindFirst)).isNull();

    answers.put(11L, new Answer.NotNow("busy"));
    move(TO_HELLO);
    assertThat(refused(toRemindFirst)).startsWith("Zeebe was asked to move it to version 4");

    jdbc.sql("update flow_move set asked_at = asked_at - interval '61 seconds'").update();
    assertThat(refused(toRemindFirst)).isNull();
    isSeenOn(4, 11);
    assertThat(refused(new Wish(FLOW, 4, 5, Map.of())))
        .as("Zeebe had done it after all")
        .startsWith("it would repeat a touch");
  }

  @Test
  void a_step_that_could_not_begin_moves_with_its_incident() throws InvalidMigration {
    active(11, 1, 11, FLOW, "PROCESS");
    incident(21, "wait_day", null);
    incident(22, "send_reminder", "2026-05-04T10:00:00Z");
    incident(23, FLOW, null);

    move(new Wish(FLOW, 1, 2, Map.of()));

    assertThat(asked).containsExactly("11 to 102 {wait_day=wait_day}");
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

  /** Versions in which the reminder is called hello, and then comes after the wait. */
  private void sayHelloInstead() {
    Drawing helloFirst =
        new Drawing()
            .start("start")
            .send("send_hello", "hello")
            .wait("wait_day")
            .way("start", "send_hello", "wait_day");
    Drawing heyLater =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_hello", "hey")
            .way("start", "wait_day", "send_hello");
    version(4, helloFirst);
    version(5, heyLater);
  }

  private void move(Wish wish) throws InvalidMigration {
    Batch unused = migrate.move(wish, null, -1, 10);
  }

  private @Nullable String refused(Wish wish) throws InvalidMigration {
    List<Preview.Group> groups = migrate.preview(wish).groups();
    assertThat(groups).hasSize(1);
    return groups.getFirst().refused();
  }

  /** The export stream tells of the move. */
  private void isSeenOn(int version, long instance) {
    jdbc.sql("update flow_element_instance set process_key = ? where instance_key = ?")
        .params(100 + version, instance)
        .update();
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

  private void incident(long key, String element, @Nullable String resolvedAt) {
    jdbc.sql(
            """
            insert into flow_incident (key, partition, process_key, process_instance_key,
              element_id, error_type, message, raised_at, resolved_at)
            values (?, 1, 101, 11, ?, 'EXTRACT_VALUE_ERROR', 'null', now(), ?::timestamptz)
            """)
        .param(key)
        .param(element)
        .param(resolvedAt)
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
