package io.ripen.engine.flows;

import io.ripen.engine.standstill.Turnstile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;

/**
 * Deploys the folder's flows when the engine starts, each by itself, so that one that is broken
 * holds no other back: as they lie there where they have changed since the last start, else as they
 * are in service. Tries again for as long as Zeebe cannot be reached; Zeebe ignores what it has, so
 * that every engine process may do so.
 */
final class DeployAtStart implements FlowsToCome, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(DeployAtStart.class);

  private final FlowDeploy deploy;
  private final BooleanSupplier someAreKnown;
  private final ApplicationEventPublisher events;
  private final Duration pause;
  private final Turnstile turnstile;

  /** By folder; from the beginning, since pages are shown before the first attempt. */
  private final Map<Path, List<Path>> undecided = new ConcurrentSkipListMap<>();

  private volatile boolean isZeebeAway;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("deploy-at-start").factory());

  /**
   * @param someAreKnown whether flows were deployed before, so that nobody has to wait for ours
   * @param pause between two attempts while Zeebe cannot be reached
   */
  DeployAtStart(
      FlowDeploy deploy,
      BooleanSupplier someAreKnown,
      ApplicationEventPublisher events,
      Duration pause,
      Turnstile turnstile) {
    this.deploy = deploy;
    this.someAreKnown = someAreKnown;
    this.events = events;
    this.pause = pause;
    this.turnstile = turnstile;
    for (Path file : deploy.flowFiles()) {
      undecided.computeIfAbsent(file.getParent(), any -> new ArrayList<>()).add(file);
    }
  }

  @Override
  public List<String> ids() {
    return undecided.values().stream()
        .flatMap(List::stream)
        .filter(FlowCheck::isFlow)
        .map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.bpmn$", ""))
        .toList();
  }

  @Override
  public boolean isZeebeAway() {
    return isZeebeAway;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (undecided.isEmpty() || someAreKnown.getAsBoolean()) {
      events.publishEvent(new FlowsKnown());
    }
    undecided.keySet().forEach(folder -> thread.execute(() -> attempt(folder)));
  }

  /** Zeebe's word, or ours, on one folder is there. */
  private void decided(Path folder) {
    isZeebeAway = false;
    undecided.remove(folder);
    if (undecided.isEmpty()) {
      events.publishEvent(new FlowsKnown());
    }
  }

  @Override
  public void destroy() {
    thread.shutdownNow();
  }

  private void attempt(Path folder) {
    List<Path> files = undecided.getOrDefault(folder, List.of());
    try {
      turnstile.enter();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      switch (deploy.deploy(files)) {
        case DeployResult.Deployed deployed -> {
          deployed.warnings().forEach(warning -> LOG.warn("{}", warning));
          deployed
              .flows()
              .forEach(
                  flow ->
                      LOG.info("Flow {} is there, version {}", flow.processId(), flow.version()));
          decided(folder);
        }
        case DeployResult.Refused refused -> {
          refused.findings().forEach(finding -> LOG.error("Not deployed: {}", finding));
          decided(folder);
        }
        case DeployResult.Rejected rejected -> {
          LOG.error("Zeebe did not take {}: {}", files, rejected.reason());
          decided(folder);
        }
        case DeployResult.Unavailable unavailable -> {
          isZeebeAway = true;
          again(folder, unavailable.cause());
        }
      }
    } catch (RuntimeException e) {
      // The database, say; nothing that waiting could make worse.
      LOG.warn("Deploying {} failed", files, e);
      again(folder, String.valueOf(e.getMessage()));
    } finally {
      turnstile.leave();
    }
  }

  private void again(Path folder, String cause) {
    LOG.info("Zeebe cannot be reached yet, trying again in {}: {}", pause, cause);
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, thread)
        .execute(() -> attempt(folder));
  }
}
