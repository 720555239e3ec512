package io.ripen.app.local;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What children see of our environment: where things are, and no settings. */
final class ChildEnvironment {

  private static final List<String> HANDED_ON =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH");

  private ChildEnvironment() {}

  static Map<String, String> basic() {
    Map<String, String> environment = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (HANDED_ON.contains(name)) {
                environment.put(name, value);
              }
            });
    return environment;
  }

  /** Those of ours whose names begin so. */
  static Map<String, String> startingWith(String prefix) {
    Map<String, String> environment = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                environment.put(name, value);
              }
            });
    return environment;
  }
}
