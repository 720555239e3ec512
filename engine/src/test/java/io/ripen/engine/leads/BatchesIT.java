package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.added;
import static io.ripen.engine.leads.Happening.alias;
import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static io.ripen.engine.leads.Happening.page;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class BatchesIT {

  private final DataSource database = TestDatabase.migratedForAnyUse();
  private final Intake intake = new Intake(database);

  @Test
  void a_batch_that_comes_three_times_is_applied_once() {
    List<byte[]> story =
        values(
            page("/").by("b"),
            identify("anna").trait("email", "a@x.org"),
            added("c1", "mug", 1).by("b").minute(1),
            identify("anna").by("b").minute(2),
            ordered("o1", "mug").by("b").minute(3));
    for (int i = 0; i < 3; i++) {
      intake.take(story);
    }
    assertThat(intake.count("event")).isEqualTo(5);
    assertThat(intake.count("lead_merge")).isEqualTo(1);
    assertThat(intake.lead(intake.user("anna"))).containsEntry("page_views", 1L);
    assertThat(intake.carts(intake.user("anna"))).containsExactly("ordered c1 mug=1");
    assertThat(intake.shopSignals()).containsExactly("cart.updated", "order.placed");
  }

  @Test
  void an_event_that_comes_twice_in_a_batch_is_applied_once() {
    Happening look = page("/").by("a");
    intake.take(look, look, added("c1", "mug", 1).by("a").id("add"), look);
    intake.take(added("c1", "mug", 1).by("a").id("add"));
    assertThat(intake.carts(intake.visitor("a"))).containsExactly("open c1 mug=1");
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("page_views", 1L);
  }

  @Test
  void what_is_no_event_is_put_aside_as_it_came_and_the_rest_goes_on() {
    List<byte[]> batch = new ArrayList<>(values(page("/").by("a")));
    batch.add("{no json".getBytes(UTF_8));
    batch.add("{\"type\":\"dance\"}".getBytes(UTF_8));
    batch.add(new byte[0]);
    batch.add(null);
    batch.addAll(values(page("/b").by("a")));

    intake.take(batch);

    assertThat(intake.lead(intake.visitor("a"))).containsEntry("page_views", 2L);
    assertThat(intake.dead).hasSize(4);
    assertThat(intake.dead.getFirst().value()).isEqualTo(batch.get(1));
    assertThat(Intake.header(intake.dead.get(1), "ripen-reason"))
        .contains("dance", "expected: track, page, identify");
    assertThat(Intake.header(intake.dead.get(1), "ripen-offset")).isEqualTo("2");
  }

  @Test
  void an_event_that_postgresql_refuses_is_put_aside_alone() {
    postgresqlRefuses("22P05");
    List<Happening> batch = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batch.add(i == 37 || i == 90 ? Happening.track("Refused").by("a") : page("/" + i).by("a"));
    }
    intake.take(batch.toArray(Happening[]::new));
    assertThat(intake.count("event")).isEqualTo(98);
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("page_views", 98L);
    assertThat(intake.dead)
        .extracting(record -> Intake.header(record, "ripen-offset"))
        .containsExactly("37", "90");
    assertThat(Intake.header(intake.dead.getFirst(), "ripen-reason")).contains("22P05");
  }

  @Test
  void an_event_that_others_are_always_in_the_way_of_comes_again_and_is_not_put_aside() {
    postgresqlRefuses("40P01");
    List<ConsumerRecord<byte[], byte[]>> records =
        intake.records(values(page("/").by("a"), Happening.track("Refused").by("a")));
    assertThatThrownBy(() -> intake.consumer.onMessage(records))
        .satisfies(e -> assertThat(Failure.of((RuntimeException) e)).isEqualTo(Failure.RACE));
    assertThat(intake.dead).isEmpty();

    intake.jdbc.sql("drop trigger refuse on event").update();
    intake.consumer.onMessage(records);
    assertThat(intake.count("event")).isEqualTo(2);
    assertThat(intake.lead(intake.visitor("a"))).containsEntry("page_views", 1L);
    assertThat(intake.dead).isEmpty();
  }

  @Test
  void two_consumers_that_meet_lose_nothing_and_double_nothing() throws Exception {
    var other = new Intake(database);
    List<List<byte[]>> left = new ArrayList<>();
    List<List<byte[]>> right = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      List<byte[]> one = new ArrayList<>();
      List<byte[]> two = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int person = (batch * 7 + i) % 30;
        one.addAll(values(page("/l").by("l" + person), identify("u" + person).by("l" + person)));
        two.addAll(values(page("/r").by("r" + person), identify("u" + person).by("r" + person)));
      }
      two.addAll(one.subList(0, 10));
      left.add(one);
      right.add(two);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Object>> both =
          threads.invokeAll(List.of(taking(intake, left), taking(other, right)));
      for (Future<Object> each : both) {
        each.get();
      }
    }
    assertThat(intake.dead).isEmpty();
    assertThat(other.dead).isEmpty();
    assertThat(intake.count("event")).isEqualTo(20 * 80);
    assertThat(
            intake
                .jdbc
                .sql("select sum(page_views) from lead where merged_into is null")
                .query(Long.class)
                .single())
        .isEqualTo(20 * 40);
    for (int person = 0; person < 30; person++) {
      assertThat(List.of(intake.visitor("l" + person), intake.visitor("r" + person)))
          .containsOnly(intake.user("u" + person));
    }
  }

  @Test
  void the_same_batch_at_two_consumers_at_once_is_applied_once() throws Exception {
    var other = new Intake(database);
    List<List<byte[]>> batches = new ArrayList<>();
    for (int batch = 0; batch < 10; batch++) {
      batches.add(
          values(
              page("/").by("a" + batch),
              added("c", "mug", 1).by("a" + batch),
              identify("u" + batch).by("a" + batch),
              alias("u" + batch, "u" + (batch + 1))));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Object> each :
          threads.invokeAll(List.of(taking(intake, batches), taking(other, batches)))) {
        each.get();
      }
    }
    assertThat(intake.count("event")).isEqualTo(40);
    assertThat(
            intake
                .jdbc
                .sql("select count(*) from signal where name = 'cart.updated'")
                .query(Long.class)
                .single())
        .isEqualTo(10);
  }

  @Test
  void a_database_that_is_away_is_no_fault_of_the_events() {
    var cut = new AtomicInteger(1);
    var unsteady =
        new Intake(
            new DelegatingDataSource(database) {
              @Override
              public Connection getConnection() throws java.sql.SQLException {
                Connection connection = super.getConnection();
                if (cut.getAndDecrement() > 0) {
                  terminate(connection);
                }
                return connection;
              }
            });
    List<ConsumerRecord<byte[], byte[]>> records =
        unsteady.records(values(page("/").by("a"), page("/b").by("a")));
    assertThatThrownBy(() -> unsteady.consumer.onMessage(records))
        .satisfies(e -> assertThat(Failure.of((RuntimeException) e)).isEqualTo(Failure.SERVER));
    assertThat(unsteady.dead).isEmpty();
    unsteady.consumer.onMessage(records);
    assertThat(intake.count("event")).isEqualTo(2);
  }

  @Test
  void a_table_that_is_not_there_is_waited_for_and_buries_nothing() {
    intake.jdbc.sql("alter table event rename to gone").update();
    assertThatThrownBy(() -> intake.take(page("/").by("a"), page("/").by("b")))
        .isInstanceOf(DataAccessException.class);
    assertThat(intake.dead).isEmpty();
  }

  @Test
  void the_number_of_statements_does_not_grow_with_the_events() throws Exception {
    var statements = new AtomicInteger();
    var counted = new Intake(counting(database, statements));
    counted.take(story(100));
    int few = statements.getAndSet(0);
    counted.take(story(10_000));
    assertThat(counted.count("event")).isEqualTo(10_100);
    assertThat(statements.get()).isLessThanOrEqualTo(few + 1).isLessThan(35);
  }

  /** People who look, sign up, fill carts, buy, and change browsers. */
  private static List<byte[]> story(int events) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; values.size() < events; i++) {
      String who = "p" + events + "-" + i / 2;
      values.addAll(
          values(
              page("/" + i % 50).by(who + i % 2),
              added("c", "mug", 1).by(who + i % 2),
              identify(who).by(who + i % 2).trait("email", who + "@x.org"),
              ordered("o" + who, "mug").by(who + i % 2),
              page("/thanks").by(who + i % 2).user(who)));
    }
    return values.subList(0, events);
  }

  private void postgresqlRefuses(String sqlState) {
    intake
        .jdbc
        .sql(
            """
            create function refuse() returns trigger language plpgsql as $$
              begin
                if new.name = 'Refused' then
                  raise exception 'no' using errcode = '%s';
                end if;
                return new;
              end $$
            """
                .formatted(sqlState))
        .update();
    intake
        .jdbc
        .sql("create trigger refuse before insert on event for each row execute function refuse()")
        .update();
  }

  private static Callable<Object> taking(Intake intake, List<List<byte[]>> batches) {
    return () -> {
      batches.forEach(intake::take);
      return Map.of();
    };
  }

  private static List<byte[]> values(Happening... happenings) {
    return List.of(happenings).stream().map(Happening::value).toList();
  }

  private void terminate(Connection connection) throws java.sql.SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      intake
          .jdbc
          .sql("select pg_terminate_backend(?)")
          .param(row.getInt(1))
          .query(Boolean.class)
          .single();
    }
  }

  private static DataSource counting(DataSource database, AtomicInteger statements) {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws java.sql.SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                BatchesIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")
                      || method.getName().equals("unwrap")) {
                    statements.incrementAndGet();
                  }
                  return method.invoke(connection, arguments);
                });
      }
    };
  }
}
