package io.ripen.engine.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All rule files as they were at one moment. Whoever judges a batch asks for it once. */
public final class RuleSet {

  /** Without any file. */
  public static final RuleSet NONE = new RuleSet(Map.of());

  private final Map<String, Object> read;

  private RuleSet(Map<String, Object> read) {
    this.read = read;
  }

  /** With this file, in place of the version that was there. */
  public <T> RuleSet with(RuleFile<T> file, T rules) {
    Map<String, Object> more = new HashMap<>(read);
    more.put(file.name(), rules);
    return new RuleSet(Map.copyOf(more));
  }

  /** What the file says. */
  public <T> T get(RuleFile<T> file) {
    return find(file)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "rule file %s is not known (expected: one that is a bean)"
                        .formatted(file.name())));
  }

  /** What a file says that may be missing, as those in a flow's folder. */
  public <T> Optional<T> find(RuleFile<T> file) {
    return Optional.ofNullable(read.get(file.name())).map(file.type()::cast);
  }
}
