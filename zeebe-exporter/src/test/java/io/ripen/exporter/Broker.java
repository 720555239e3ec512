package io.ripen.exporter;

import io.camunda.zeebe.exporter.api.context.Configuration;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.exporter.api.context.ScheduledTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker as an exporter sees it; its timers run when the test says so. */
final class Broker implements Context, Controller, Configuration {

  final Map<String, Object> arguments;
  final Queue<Runnable> timers = new ArrayDeque<>();
  long position = -1;
  byte @Nullable [] metadata;
  @Nullable RecordFilter filter;

  Broker(Map<String, Object> arguments) {
    this.arguments = arguments;
  }

  void tick() {
    Runnable timer = timers.poll();
    if (timer != null) {
      timer.run();
    }
  }

  @Override
  public MeterRegistry getMeterRegistry() {
    return new SimpleMeterRegistry();
  }

  @Override
  public Logger getLogger() {
    return LoggerFactory.getLogger(Broker.class);
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public Configuration getConfiguration() {
    return this;
  }

  @Override
  public int getPartitionId() {
    return 1;
  }

  @Override
  public void setFilter(RecordFilter filter) {
    this.filter = filter;
  }

  @Override
  public void updateLastExportedRecordPosition(long position) {
    this.position = position;
  }

  @Override
  public void updateLastExportedRecordPosition(long position, byte[] metadata) {
    this.position = position;
    this.metadata = metadata;
  }

  @Override
  public long getLastExportedRecordPosition() {
    return position;
  }

  @Override
  public ScheduledTask scheduleCancellableTask(Duration delay, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  @Override
  public Optional<byte[]> readMetadata() {
    return Optional.ofNullable(metadata);
  }

  @Override
  public String getId() {
    return "ripen";
  }

  @Override
  public Map<String, Object> getArguments() {
    return arguments;
  }

  @Override
  public <T> T instantiate(Class<T> type) {
    throw new UnsupportedOperationException(type.getName());
  }
}
