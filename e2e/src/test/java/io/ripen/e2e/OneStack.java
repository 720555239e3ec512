package io.ripen.e2e;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The servers that classes share. One stack runs at a time: two are too much for a small machine.
 */
final class OneStack implements AutoCloseable {

  private @Nullable AutoCloseable running;

  private OneStack() {}

  /** That of this JVM. */
  static OneStack of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(OneStack.class))
        .computeIfAbsent(OneStack.class, type -> new OneStack(), OneStack.class);
  }

  /** The stack of this kind that runs, or a new one, once any other has ended. */
  <T extends AutoCloseable> T get(Class<T> kind, Supplier<T> start) {
    if (!kind.isInstance(running)) {
      close();
      running = start.get();
    }
    return kind.cast(running);
  }

  @Override
  public void close() {
    AutoCloseable last = running;
    running = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the stack of the classes before did not end well", e);
    }
  }
}
