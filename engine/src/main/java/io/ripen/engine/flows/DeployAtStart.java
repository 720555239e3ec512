package io.ripen.engine.flows;

import io.ripen.engine.standstill.Turnstile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;

/**
 * Deploys the folder's flows when the engine starts, each by itself, so that one that is broken
 * holds no other back. Tries again for as long as Zeebe cannot be reached; Zeebe ignores what it
 * has, so that every engine process may do so.
 */
final class DeployAtStart implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(DeployAtStart.class);

  private final FlowDeploy deploy;
  private final BooleanSupplier someAreKnown;
  private final ApplicationEventPublisher events;
  private final Duration pause;
  private final Turnstile turnstile;
  private final AtomicInteger undecided = new AtomicInteger();
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
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    Map<Path, List<Path>> byFolder = new TreeMap<>();
    for (Path file : deploy.flowFiles()) {
      byFolder.computeIfAbsent(file.getParent(), any -> new ArrayList<>()).add(file);
    }
    undecided.set(byFolder.size());
    if (byFolder.isEmpty() || someAreKnown.getAsBoolean()) {
      events.publishEvent(new FlowsKnown());
    }
    byFolder.values().forEach(files -> thread.execute(() -> attempt(files)));
  }

  /** Zeebe's word, or ours, on one folder is there. */
  private void decided() {
    if (undecided.decrementAndGet() == 0) {
      events.publishEvent(new FlowsKnown());
    }
  }

  @Override
  public void destroy() {
    thread.shutdownNow();
  }

  private void attempt(List<Path> files) {
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
          decided();
        }
        case DeployResult.Refused refused -> {
          refused.findings().forEach(finding -> LOG.error("Not deployed: {}", finding));
          decided();
        }
        case DeployResult.Rejected rejected -> {
          LOG.error("Zeebe did not take {}: {}", files, rejected.reason());
          decided();
        }
        case DeployResult.Unavailable unavailable -> again(files, unavailable.cause());
      }
    } catch (RuntimeException e) {
      // The database, say; nothing that waiting could make worse.
      LOG.warn("Deploying {} failed", files, e);
      again(files, String.valueOf(e.getMessage()));
    } finally {
      turnstile.leave();
    }
  }

  private void again(List<Path> files, String cause) {
    LOG.info("Zeebe cannot be reached yet, trying again in {}: {}", pause, cause);
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, thread)
        .execute(() -> attempt(files));
  }
}
