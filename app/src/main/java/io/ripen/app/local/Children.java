package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of a stack: started side by side, watched, ended in order. */
final class Children implements AutoCloseable {

  /** When they end for the first time, JVMs write down their classes. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(40);

  private static final long POLL_NANOS = 100_000_000;

  private final DataFolder data;
  private final Terminal terminal;
  private final Duration readyWithin;
  private final Guard guard;
  private final Map<Part, Child> running = new EnumMap<>(Part.class);
  private final Set<Part> ready = ConcurrentHashMap.newKeySet();
  private volatile Consumer<Failure> deathListener = death -> {};
  private boolean closed;

  Children(DataFolder data, Terminal terminal, Duration readyWithin) {
    this.data = data;
    this.terminal = terminal;
    this.readyWithin = readyWithin;
    this.guard = Guard.start();
  }

  void onDeath(Consumer<Failure> listener) {
    deathListener = listener;
  }

  /** Starts them side by side; returns when all are ready, or throws what the first one met. */
  void start(List<Server> servers) {
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      CompletionService<Server> starts = new ExecutorCompletionService<>(threads);
      servers.forEach(server -> starts.submit(() -> startOne(server), server));
      try {
        for (int i = 0; i < servers.size(); i++) {
          starts.take().get();
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new Failure("interrupted while the servers were starting", e);
      }
    }
  }

  private void startOne(Server server) {
    try {
      server.prepare();
      Child child = launch(server, server.launch());
      awaitReady(server, child);
      server.afterStart();
    } catch (IOException e) {
      throw new Failure(server.part().title() + " could not be started: " + DiskSpace.why(e), e);
    }
  }

  /** Under the lock, so that nothing is started once the end has begun. */
  private synchronized Child launch(Server server, Launch launch) throws IOException {
    if (closed) {
      throw new Failure("stopped before " + server.part().title() + " was started");
    }
    @Nullable Child old = running.get(server.part());
    if (old != null && old.alive()) {
      throw new IllegalStateException(server.part().title() + " runs already");
    }
    Child child = Child.start(server, launch, data.log(server.part()));
    running.put(server.part(), child);
    guard.watch(child.pid(), server.stopSignal());
    Thread.startVirtualThread(() -> watch(child));
    try {
      PidFile.of(child.handle(), launch.executable()).write(Leftovers.file(data, server.part()));
    } catch (IOException e) {
      // What is written down nowhere, no later run could end.
      child.kill();
      throw e;
    }
    return child;
  }

  private void awaitReady(Server server, Child child) {
    long deadline = System.nanoTime() + readyWithin.toNanos();
    terminal.status("  starting " + server.part().title() + " …");
    Optional<String> missing = server.missing();
    while (missing.isPresent()) {
      if (!child.alive()) {
        throw ended(child);
      }
      if (System.nanoTime() > deadline) {
        throw child.notReady(readyWithin, missing.get());
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new Failure("interrupted while " + server.part().title() + " started");
      }
      missing = server.missing();
    }
    ready.add(server.part());
    // The watch has told nobody if it ended before that.
    if (!child.alive()) {
      ready.remove(server.part());
      throw ended(child);
    }
  }

  private static Failure ended(Child child) {
    return child.ending() ? new Failure("stopped") : child.death();
  }

  private void watch(Child child) {
    child.awaitEnd();
    guard.forget(child.pid());
    // One that ends while it starts is told by who waits for it.
    if (ready.remove(child.part()) && !child.ending()) {
      deathListener.accept(child.death());
    }
  }

  void stop(Server server) {
    child(server.part()).stop(STOP_WITHIN);
  }

  void kill(Server server) {
    child(server.part()).kill();
  }

  long pid(Server server) {
    return child(server.part()).pid();
  }

  private synchronized Child child(Part part) {
    @Nullable Child child = running.get(part);
    if (child == null) {
      throw new IllegalStateException(part.title() + " has not been started");
    }
    return child;
  }

  @Override
  public void close() {
    List<Child> newestFirst;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      newestFirst = new ArrayList<>(running.values());
      Collections.reverse(newestFirst);
    }
    for (Child child : newestFirst) {
      terminal.status("  stopping " + child.part().title() + " …");
      child.stop(STOP_WITHIN);
    }
    guard.leave();
    for (Part part : Part.values()) {
      Leftovers.file(data, part).toFile().delete();
    }
  }
}
