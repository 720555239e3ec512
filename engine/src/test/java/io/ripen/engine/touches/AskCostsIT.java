package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ripen.channels.Prices;
import io.ripen.channels.Prices.Answer;
import io.ripen.engine.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When Twilio is asked what a touch cost, and by whom. */
class AskCostsIT {

  private static final Answer NOT_YET = new Answer.NotYet();

  private final MovableClock clock = new MovableClock();
  private final HikariDataSource database = pool();
  private final JdbcClient sql = JdbcClient.create(database);
  private final Twilio twilio = new Twilio();
  private final AskCosts worker = new AskCosts(sql, twilio, clock);

  @AfterEach
  void close() {
    database.close();
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(TestDatabase.migrated());
    config.setMaximumPoolSize(3);
    return new HikariDataSource(config);
  }

  @Test
  void what_twilio_did_not_know_at_first_is_kept_when_it_does() {
    accepted(1, "sms");
    accepted(2, "messenger");

    pass(worker, Duration.ofMinutes(9));
    assertThat(twilio.asked).isEmpty();

    pass(worker, Duration.ofMinutes(1));
    assertThat(twilio.asked).containsExactlyInAnyOrder(sid(1), sid(2));
    assertThat(cost(1)).isNull();

    twilio.known.put(sid(1), known("0.00790"));
    pass(worker, Duration.ofMinutes(10));
    assertThat(cost(1)).isEqualTo("0.00790 USD");
    assertThat(cost(2)).isNull();

    twilio.asked.clear();
    pass(worker, Duration.ofMinutes(20));
    assertThat(twilio.asked).as("what is known is not asked again").containsExactly(sid(2));
  }

  @Test
  void the_pauses_grow_and_after_three_days_it_ends() {
    accepted(1, "sms");
    Instant begin = clock.instant();

    List<Duration> at = new ArrayList<>();
    for (int minutes = 0; minutes < Duration.ofDays(4).toMinutes(); minutes += 10) {
      pass(worker, Duration.ofMinutes(10));
      twilio.asked.forEach(sid -> at.add(Duration.between(begin, clock.instant())));
      twilio.asked.clear();
    }

    assertThat(at)
        .extracting(Duration::toMinutes)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 4320L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P9D", "P9D"})
  void a_worker_whose_clock_is_wrong_by_days_neither_ends_it_nor_keeps_others_from_it(
      Duration wrong) {
    accepted(1, "sms");
    accepted(2, "sms");
    pass(Duration.ofMinutes(10));
    clock.move(wrong);
    worker.some();
    assertThat(twilio.asked).hasSize(2);
    twilio.trouble = new Answer.Unanswered("it answered 429", Duration.ofMinutes(2));
    pass(worker, Duration.ofMinutes(10));
    clock.move(wrong.negated());

    twilio.trouble = null;
    twilio.known.put(sid(1), known("0.01"));
    twilio.known.put(sid(2), known("0.02"));
    pass(new AskCosts(sql, twilio, clock), Duration.ofMinutes(20));
    assertThat(cost(1)).isEqualTo("0.01 USD");
    assertThat(cost(2)).isEqualTo("0.02 USD");
  }

  @Test
  void what_twilio_does_not_have_and_what_is_not_its_own_is_asked_no_more() {
    accepted(1, "sms");
    twilio.known.put(sid(1), new Answer.Never());
    accepted(2, "email");
    accepted(3, "messenger", "telegram:7/9");

    for (int days = 0; days < 5; days++) {
      pass(worker, Duration.ofDays(1));
    }

    assertThat(twilio.asked).containsExactly(sid(1));
  }

  @Test
  void a_callback_that_told_the_price_spares_the_question() {
    accepted(1, "sms");
    sql.sql("update touch set cost = 0.01, cost_currency = 'EUR'").update();

    pass(worker, Duration.ofDays(1));

    assertThat(twilio.asked).isEmpty();
    assertThat(cost(1)).isEqualTo("0.01 EUR");
  }

  @Test
  void what_could_not_be_asked_for_days_is_asked_once_at_least() {
    accepted(1, "sms");
    twilio.known.put(sid(1), known("0.05"));

    pass(worker, Duration.ofDays(30));

    assertThat(cost(1)).isEqualTo("0.05 USD");
  }

  @Test
  void when_twilio_wants_peace_nothing_is_asked_for_as_long_and_nothing_is_lost() {
    accepted(1, "sms");
    accepted(2, "sms");
    twilio.trouble = new Answer.Unanswered("it answered 429", Duration.ofMinutes(2));
    pass(worker, Duration.ofMinutes(10));
    assertThat(twilio.asked).as("the second is not even tried").hasSize(1);

    twilio.trouble = null;
    pass(worker, Duration.ofSeconds(119));
    assertThat(twilio.asked).hasSize(1);

    pass(worker, Duration.ofSeconds(1));
    assertThat(twilio.asked).hasSize(3).contains(sid(1), sid(2));
  }

  @Test
  void of_a_worker_that_dies_another_takes_over() {
    accepted(1, "sms");
    accepted(2, "sms");
    twilio.deadly = true;
    pass(Duration.ofMinutes(10));
    assertThatThrownBy(worker::some).isInstanceOf(Killed.class);

    twilio.deadly = false;
    twilio.asked.clear();
    AskCosts other = new AskCosts(sql, twilio, clock);
    twilio.known.put(sid(1), known("0.01"));
    twilio.known.put(sid(2), known("0.02"));
    pass(other, Duration.ofMinutes(10));

    assertThat(twilio.asked).containsExactlyInAnyOrder(sid(1), sid(2));
    assertThat(cost(1)).isEqualTo("0.01 USD");
    assertThat(cost(2)).isEqualTo("0.02 USD");
  }

  @Test
  void two_workers_ask_for_each_once_and_for_no_more_at_a_time_than_a_few() throws Exception {
    int all = 4 * AskCosts.MOST;
    LongStream.rangeClosed(1, all).forEach(key -> accepted(key, "sms"));
    pass(Duration.ofMinutes(10));

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        AskCosts one = new AskCosts(sql, twilio, clock);
        workers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 2; round++) {
                    together.await();
                    one.some();
                  }
                  return null;
                }));
      }
      for (Future<?> each : workers) {
        each.get();
      }
    }

    assertThat(twilio.asked).hasSize(all).doesNotHaveDuplicates();
  }

  @Test
  void looking_for_what_is_due_and_adding_up_costs_read_an_index() {
    LongStream.rangeClosed(1, 2000).forEach(key -> accepted(key, "email"));
    accepted(3000, "sms");
    sql.sql("analyze touch").update();

    assertThat(
            plan(
                """
                select key from touch where cost is null and channel in ('sms', 'messenger')
                  and provider_id ~ '^(SM|MM)[0-9a-f]{32}$'
                  and coalesce(cost_due_at, hand_over_began_at) <= now()
                order by coalesce(cost_due_at, hand_over_began_at) limit 50
                """))
        .contains("touch_cost_due")
        .doesNotContain("Sort");
    assertThat(
            plan(
                """
                select cost_currency, sum(cost) from touch
                where flow = 'abandoned-cart' and flow_version = 1 and cost is not null
                group by cost_currency
                """))
        .contains("touch_cost ");
  }

  private String plan(String query) {
    return String.join("\n", sql.sql("explain " + query).query(String.class).list());
  }

  private void pass(AskCosts asking, Duration time) {
    pass(time);
    asking.some();
  }

  /** For workers, and for the database, whose clock nobody can move. */
  private void pass(Duration time) {
    clock.move(time);
    sql.sql(
            """
            update touch set hand_over_began_at = hand_over_began_at - :time * interval '1 second',
              cost_due_at = cost_due_at - :time * interval '1 second'
            """)
        .param("time", time.toSeconds())
        .update();
  }

  private void accepted(long key, String channel) {
    accepted(key, channel, sid(key));
  }

  private void accepted(long key, String channel, String providerId) {
    sql.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, state, provider_id, planned_at,
              hand_over_began_at)
            values (?, ?, ?, 'marketing', 'abandoned-cart', 1, 'send', 1, 'reminder', 'normal',
              'accepted', ?, ?, clock_timestamp())
            """)
        .params(
            key, UUID.randomUUID(), channel, providerId, clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private @Nullable String cost(long key) {
    return sql.sql("select cost || ' ' || cost_currency from touch where key = ?")
        .param(key)
        .query((row, n) -> row.getString(1))
        .list()
        .getFirst();
  }

  private static String sid(long key) {
    return "SM%032x".formatted(key);
  }

  private static Answer known(String price) {
    return new Answer.Known(new BigDecimal(price), Currency.getInstance("USD"));
  }

  /** Tells what it is told to. */
  private static final class Twilio implements Prices {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Answer> known = new HashMap<>();
    private volatile @Nullable Answer trouble;
    private volatile boolean deadly;

    @Override
    public Answer of(String providerId) {
      asked.add(providerId);
      if (deadly) {
        throw new Killed();
      }
      Answer instead = trouble;
      return instead != null ? instead : known.getOrDefault(providerId, NOT_YET);
    }
  }
}
