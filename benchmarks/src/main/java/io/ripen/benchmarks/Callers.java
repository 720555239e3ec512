package io.ripen.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** So many callers, each of whom takes the next number as soon as they are done with the last. */
final class Callers {

  /** What is done for each number. */
  @FunctionalInterface
  interface Task {
    /**
     * @param caller which of the callers, from 0
     */
    void run(int caller, int number) throws Exception;
  }

  private final int size;
  private final ThreadFactory threads;

  private Callers(int size, ThreadFactory threads) {
    this.size = size;
    this.threads = threads;
  }

  /** Jobs run on virtual threads, and so do most that only wait. */
  static Callers virtual(int size) {
    return new Callers(size, Thread.ofVirtual().name("caller-", 0).factory());
  }

  /** Jakarta Mail holds up the carrier of a virtual thread, on an older Java. */
  static Callers platform(int size) {
    return new Callers(size, Thread.ofPlatform().daemon().name("caller-", 0).factory());
  }

  int size() {
    return size;
  }

  /**
   * Does it for all numbers below this one.
   *
   * @return when the last was done, by {@link System#nanoTime()}
   */
  long run(int count, Task task) throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int caller = i;
        all.add(
            executor.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    task.run(caller, n);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    return System.nanoTime();
  }
}
