package io.ripen.engine.rules;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.tables.InvalidTable;

/**
 * A file of rules that the engine reads itself. Each one that is a bean is kept in versions, and
 * can be deployed while all runs.
 *
 * @param path where it lies in the folder with the flows; one in a flow's own folder may be
 *     missing, as the flow may
 * @param type what it is read into
 */
public record RuleFile<T>(String path, Class<T> type, Reader<T> reader) {

  /** Reads such a file. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * What the engine works with; safe for use by many threads.
     *
     * @param shown what messages call the file
     * @param meters where rules are counted that cannot be evaluated
     * @throws InvalidTable when it cannot be used; the message tells all that is wrong
     */
    T read(String shown, byte[] content, MeterRegistry meters);
  }

  /** The file's name, which tells it from all others. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isOfFlow() {
    return path.contains("/");
  }

  T read(String shown, byte[] content, MeterRegistry meters) {
    return reader.read(shown, content, meters);
  }
}
