package io.ripen.engine.signals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signals by the shipped table, for tests of who raises them. */
public final class SignalsFixture {

  private static final SignalTable TABLE = SignalTable.read(Path.of("../bpmn/signals.dmn"));

  private SignalsFixture() {}

  /** As if a flow waited for each signal; they stay in the outbox. */
  public static Signals allAwaited(JdbcClient jdbc, Clock clock) {
    return new Signals(
        TABLE,
        name -> true,
        new SignalJdbc(jdbc),
        new Doorbell(),
        new SignalsProperties(Duration.ofMillis(500), 512, 5, Duration.ofDays(1)),
        clock);
  }

  /** As if no flow waited for any. */
  public static Signals noneAwaited(JdbcClient jdbc, Clock clock) {
    return new Signals(
        TABLE,
        name -> false,
        new SignalJdbc(jdbc),
        new Doorbell(),
        new SignalsProperties(Duration.ofMillis(500), 512, 5, Duration.ofDays(1)),
        clock);
  }
}
