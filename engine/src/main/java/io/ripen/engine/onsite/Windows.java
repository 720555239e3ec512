package io.ripen.engine.onsite;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The open windows that this engine serves, by the browser's id. A window that is slow keeps nobody
 * else waiting. Safe for use by many threads.
 */
@Component
@Profile("engine")
final class Windows implements SmartLifecycle {

  /** Who has more open at once is no visitor. */
  private static final int MOST_OF_ONE = 20;

  private final Map<String, Set<Window>> byBrowser = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean isRunning;

  /** Whether it is let in. */
  boolean open(String browser, Window window) {
    if (!isRunning) {
      return false;
    }
    Set<Window> windows =
        byBrowser.compute(
            browser,
            (id, known) -> {
              Set<Window> all = known == null ? ConcurrentHashMap.newKeySet() : known;
              if (all.size() < MOST_OF_ONE && all.add(window)) {
                count.incrementAndGet();
              }
              return all;
            });
    return windows.contains(window);
  }

  void closed(String browser, Window window) {
    byBrowser.computeIfPresent(
        browser,
        (id, windows) -> {
          if (windows.remove(window)) {
            count.decrementAndGet();
          }
          return windows.isEmpty() ? null : windows;
        });
  }

  int count() {
    return count.get();
  }

  /** Shows it in all windows of these browsers. */
  void show(Collection<String> browsers, OnSiteMessage message) {
    browsers.stream()
        .map(browser -> byBrowser.getOrDefault(browser, Set.of()))
        .flatMap(Set::stream)
        .forEach(window -> threads.execute(() -> window.send(message)));
  }

  void beat() {
    all(Window::beat);
  }

  /** So that they come again and are told what they missed. */
  void endAll() {
    all(Window::end);
  }

  private void all(Consumer<Window> what) {
    List<Window> windows = byBrowser.values().stream().flatMap(Set::stream).toList();
    windows.forEach(window -> threads.execute(() -> what.accept(window)));
  }

  @Override
  public void start() {
    isRunning = true;
  }

  /** Before the server waits for what is under way: these lines would keep it waiting. */
  @Override
  public void stop() {
    isRunning = false;
    byBrowser.values().stream().flatMap(Set::stream).toList().forEach(Window::end);
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
