package io.ripen.engine.signals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.flows.AwaitedSignals;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.rules.RuleSet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signals by the shipped table, for tests of who raises them. */
public final class SignalsFixture {

  private static final SignalTable TABLE =
      new SignalTable(SignalTable.read(Path.of("../bpmn/signals.dmn"), new SimpleMeterRegistry()));

  /** The file of the table. */
  public static final RuleFile<?> FILE = SignalTable.FILE;

  private SignalsFixture() {}

  /** These rules with the shipped table. */
  public static RuleSet with(RuleSet rules) {
    return rules.with(SignalTable.FILE, TABLE);
  }

  /** As if a flow waited for each signal; they stay in the outbox. */
  public static Signals allAwaited(JdbcClient jdbc, Clock clock) {
    return signals(name -> true, jdbc, clock);
  }

  /** As if the abandoned-cart flow alone were deployed. */
  public static Signals abandonedCart(JdbcClient jdbc, Clock clock) {
    return signals(Set.of("cart.updated", "cart.emptied", "order.placed")::contains, jdbc, clock);
  }

  private static Signals signals(AwaitedSignals awaited, JdbcClient jdbc, Clock clock) {
    return new Signals(awaited, new SignalJdbc(jdbc), new Doorbell(), clock);
  }
}
