package io.ripen.engine.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The flows that Zeebe knows, kept in the database, and what they wait for, kept in memory. Reads
 * again what other processes registered when what it has is a second old, in the thread that asks;
 * the others meanwhile go on with what there is.
 */
final class KnownFlows implements FlowRegistry, AwaitedSignals {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final FlowsJdbc table;
  private final LongSupplier nanoTime;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot;

  KnownFlows(FlowsJdbc table, LongSupplier nanoTime) {
    this.table = table;
    this.nanoTime = nanoTime;
  }

  private record Snapshot(Set<String> signals, long readAt) {}

  @Override
  public void register(
      long processKey, String processId, int version, String xml, Instant deployedAt) {
    FlowSummary summary = FlowSummary.of(processId, xml);
    table.add(processKey, processId, version, summary, xml, deployedAt);
    snapshot = null;
  }

  @Override
  public void credit(long processKey, String by, Instant deployedAt) {
    table.credit(processKey, by, deployedAt);
  }

  @Override
  public void forgetBefore(Instant firstDeploy) {
    table.deleteBefore(firstDeploy);
    snapshot = null;
  }

  @Override
  public boolean awaits(String signal) {
    return fresh().signals().contains(signal);
  }

  /** Whether some flow was ever deployed. */
  boolean any() {
    return !fresh().signals().isEmpty();
  }

  private Snapshot fresh() {
    Snapshot known = snapshot;
    if (known != null && (!isOld(known) || !reading.tryLock())) {
      return known;
    }
    if (known == null) {
      reading.lock();
    }
    try {
      Snapshot now = snapshot;
      if (now == null || isOld(now)) {
        now = new Snapshot(Set.copyOf(table.signals()), nanoTime.getAsLong());
        snapshot = now;
      }
      return now;
    } finally {
      reading.unlock();
    }
  }

  private boolean isOld(Snapshot known) {
    return nanoTime.getAsLong() - known.readAt() >= FRESH;
  }
}
