package io.ripen.engine.signals;

import static io.ripen.engine.signals.Occurrences.CART;
import static io.ripen.engine.signals.Occurrences.LEAD;
import static io.ripen.engine.signals.Occurrences.NOON;
import static io.ripen.engine.signals.Occurrences.cart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.rules.RuleSet;
import io.ripen.engine.signals.DispatchSignals.Round;
import io.ripen.engine.signals.ZeebeMessages.Answer;
import io.ripen.engine.standstill.Turnstile;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class SignalDispatchIT {

  private static final RuleSet RULES = SignalsFixture.with(RuleSet.NONE);
  private static final Duration REST = Duration.ofSeconds(1);

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final SignalJdbc outbox = new SignalJdbc(jdbc);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final SettableClock clock = new SettableClock();
  private final FakeZeebe zeebe = new FakeZeebe();
  private final Doorbell doorbell = new Doorbell();
  private final SignalsProperties properties = new SignalsProperties(Duration.ofMinutes(10), 64, 3);
  private final Signals signals = new Signals(name -> true, outbox, doorbell, clock);
  private final DispatchSignals dispatch = dispatch(zeebe);

  @Test
  void a_signal_reaches_zeebe_with_ids_only() {
    Occurrence occurrence = cart("emptied");
    raise(occurrence);
    dispatch.send(10, REST);
    PendingSignal message = zeebe.taken.getFirst();
    assertThat(message.name()).isEqualTo("cart.emptied");
    assertThat(message.correlationKey()).isEqualTo(CART.toString());
    assertThat(message.messageId())
        .isEqualTo(occurrence.event().messageId() + ":cart.emptied:" + CART);
    assertThat(message.timeToLive()).isEqualTo(Duration.ofMinutes(10));
    assertThat(JsonMapper.shared().readValue(message.variables(), Map.class))
        .isEqualTo(Map.of("leadId", LEAD.toString(), "cartId", CART.toString()));
    assertThat(states()).containsExactly("sent");
  }

  @Test
  void what_starts_a_flow_says_by_which_event_and_signal() {
    Occurrence occurrence = cart("updated");
    raise(occurrence);
    dispatch.send(10, REST);
    assertThat(JsonMapper.shared().readValue(zeebe.taken.getFirst().variables(), Map.class))
        .isEqualTo(
            Map.of(
                "leadId",
                LEAD.toString(),
                "cartId",
                CART.toString(),
                "eventId",
                occurrence.event().messageId(),
                "startedBy",
                "cart.updated"));
  }

  @Test
  void an_event_that_raises_its_signal_again_is_sent_once() {
    Occurrence again = cart("updated");
    raise(again);
    raise(again, again);
    dispatch.send(10, REST);
    assertThat(zeebe.taken).hasSize(1);
  }

  @Test
  void what_is_not_committed_is_not_sent() {
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      signals.raise(List.of(cart("updated")), RULES);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(dispatch.send(10, REST).due()).isZero();
  }

  @Test
  void signals_of_one_cart_keep_their_order_and_those_of_many_go_together() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Occurrence change = cart("updated");
      expected.add(change.event().messageId() + ":cart.updated:" + CART);
      raise(change, cart("updated", UUID.randomUUID(), NOON));
    }
    assertThat(dispatch.send(100, REST).taken()).as("one of each cart").isEqualTo(6);
    for (int i = 0; i < 4; i++) {
      assertThat(dispatch.send(100, REST).taken()).isEqualTo(1);
    }
    assertThat(
            zeebe.taken.stream()
                .filter(message -> message.correlationKey().equals(CART.toString()))
                .map(PendingSignal::messageId))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void a_zeebe_that_has_too_much_to_do_loses_nothing_and_kills_nothing() {
    raise(cart("updated"), cart("updated", UUID.randomUUID(), NOON));
    zeebe.answers(signal -> new Answer.NotNow("RESOURCE_EXHAUSTED"));
    for (int i = 0; i < 20; i++) {
      assertThat(dispatch.send(10, REST).pushedBack()).isEqualTo(2);
      clock.move(REST);
    }
    zeebe.answers(signal -> new Answer.Taken());
    assertThat(dispatch.send(10, REST).taken()).isEqualTo(2);
    assertThat(states()).containsOnly("sent");
  }

  @Test
  void a_signal_that_zeebe_refuses_dies_with_its_reason_and_blocks_nobody() {
    UUID bad = UUID.randomUUID();
    raise(cart("updated", bad, NOON), cart("updated"));
    zeebe.answers(
        signal ->
            signal.correlationKey().equals(bad.toString())
                ? new Answer.Refused("INVALID_ARGUMENT: no")
                : new Answer.Taken());
    assertThat(dispatch.send(1, REST).taken()).isZero();
    assertThat(dispatch.send(1, REST).taken()).as("the next one's turn").isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      clock.move(Duration.ofMinutes(11));
      dispatch.send(10, REST);
    }
    assertThat(states()).containsExactly("dead", "sent");
    assertThat(jdbc.sql("select problem from signal where state = 'dead'").query().singleValue())
        .isEqualTo("INVALID_ARGUMENT: no");
    raise(cart("emptied", bad, NOON));
    zeebe.answers(signal -> new Answer.Taken());
    assertThat(dispatch.send(10, REST).taken()).as("the dead blocks no later one").isEqualTo(1);
  }

  @Test
  void a_signal_that_is_always_pushed_back_lets_the_others_pass() {
    UUID bad = UUID.randomUUID();
    raise(cart("updated", bad, NOON), cart("updated"));
    zeebe.answers(
        signal ->
            signal.correlationKey().equals(bad.toString())
                ? new Answer.NotNow("INTERNAL")
                : new Answer.Taken());
    dispatch.send(1, REST);
    assertThat(dispatch.send(1, REST).taken()).isEqualTo(1);
  }

  @Test
  void a_dispatcher_that_dies_on_the_way_leaves_the_signal_to_the_next() {
    raise(cart("updated"));
    ZeebeMessages dying =
        signal -> {
          zeebe.publish(signal).join();
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> dispatch(dying).send(10, REST)).hasMessage("killed");
    assertThat(dispatch.send(10, REST).taken()).isEqualTo(1);
    assertThat(new HashSet<>(zeebe.takenMessages()))
        .as("Zeebe knows it by its message id")
        .hasSize(1);
  }

  @Test
  void several_processes_share_the_work_and_keep_the_order() throws Exception {
    List<String> raised = new ArrayList<>();
    List<UUID> carts = IntStream.range(0, 10).mapToObj(i -> UUID.randomUUID()).toList();
    for (int i = 0; i < 100; i++) {
      Occurrence change = cart("updated", carts.get(i % 10), NOON);
      raised.add(change.event().messageId() + ":cart.updated:" + carts.get(i % 10));
      raise(change);
    }
    Callable<Object> process =
        () -> {
          int idle = 0;
          while (idle < 50) {
            Round round = dispatch(zeebe).send(7, REST);
            idle = round.due() == 0 ? idle + 1 : 0;
          }
          return idle;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (Future<Object> each : threads.invokeAll(List.of(process, process, process))) {
        each.get();
      }
    }
    assertThat(zeebe.takenMessages()).containsExactlyInAnyOrderElementsOf(raised);
    for (UUID cart : carts) {
      assertThat(zeebe.takenMessages().stream().filter(id -> id.endsWith(cart.toString())))
          .containsExactlyElementsOf(
              raised.stream().filter(id -> id.endsWith(cart.toString())).toList());
    }
  }

  @Test
  void an_exit_by_lead_reaches_flows_that_began_under_a_former_id() {
    UUID former = UUID.randomUUID();
    for (UUID id : List.of(LEAD, former)) {
      jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
          .param(id)
          .update();
    }
    jdbc.sql("update lead set merged_into = ? where id = ?").params(LEAD, former).update();
    raise(
        Occurrences.track("Signed Up"),
        Occurrences.track("Registration Started"),
        Occurrences.track("Text Messages Requested"));
    while (dispatch.send(10, REST).due() > 0) {
      assertThat(zeebe.taken).hasSizeLessThan(10);
    }
    assertThat(zeebe.taken.stream().map(signal -> signal.name() + " " + signal.correlationKey()))
        .containsExactlyInAnyOrder(
            "registration.completed " + LEAD,
            "registration.completed " + former,
            "registration.started " + LEAD,
            "texts.requested " + LEAD);
  }

  @Test
  void the_running_dispatcher_is_woken_by_the_commit() {
    var meters = new SimpleMeterRegistry();
    var dispatcher =
        new SignalDispatcher(
            dispatch,
            doorbell,
            new SignalMetrics(meters, outbox, clock),
            new Turnstile(),
            properties);
    dispatcher.start();
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> meters.find("ripen.signals.window").gauge() != null);
      transaction.executeWithoutResult(status -> signals.raise(List.of(cart("updated")), RULES));
      await().atMost(Duration.ofMinutes(1)).until(() -> zeebe.taken.size() == 1);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> meters.counter("ripen.signals.sent").count() == 1);
    } finally {
      dispatcher.stop();
    }
    assertThat(dispatcher.isRunning()).isFalse();
  }

  @Test
  void what_waits_is_told_for_as_long_as_somebody_counts_it() {
    var meters = new SimpleMeterRegistry();
    var metrics = new SignalMetrics(meters, outbox, clock);
    raise(cart("updated"));
    clock.move(Duration.ofSeconds(30));
    metrics.sent(Round.NOTHING, 64);
    assertThat(meters.get("ripen.signals.pending").gauge().value()).isEqualTo(1);
    assertThat(meters.get("ripen.signals.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(30);

    clock.move(Duration.ofMinutes(3));
    assertThat(meters.get("ripen.signals.pending").gauge().value()).isNaN();
    assertThat(meters.get("ripen.signals.lag").timeGauge().value(TimeUnit.SECONDS)).isNaN();

    metrics.sent(Round.NOTHING, 64);
    assertThat(meters.get("ripen.signals.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(210);
  }

  @Test
  void a_dispatcher_that_meets_an_error_goes_on() {
    var isBroken = new AtomicBoolean(true);
    DispatchSignals unsteady =
        dispatch(
            signal -> {
              if (isBroken.getAndSet(false)) {
                throw new NoClassDefFoundError("once");
              }
              return zeebe.publish(signal);
            });
    raise(cart("updated"));
    var dispatcher =
        new SignalDispatcher(
            unsteady,
            doorbell,
            new SignalMetrics(new SimpleMeterRegistry(), outbox, clock),
            new Turnstile(),
            properties);
    dispatcher.start();
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> zeebe.taken.size() == 1);
    } finally {
      dispatcher.stop();
    }
    assertThat(isBroken).isFalse();
  }

  private DispatchSignals dispatch(ZeebeMessages messages) {
    return new DispatchSignals(transaction, outbox, messages, clock, properties.attempts());
  }

  private void raise(Occurrence... occurrences) {
    transaction.executeWithoutResult(status -> signals.raise(List.of(occurrences), RULES));
  }

  private List<String> states() {
    return jdbc.sql("select state from signal order by id").query(String.class).list();
  }

  private static final class SettableClock extends Clock {

    private volatile Instant now = NOON;

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
