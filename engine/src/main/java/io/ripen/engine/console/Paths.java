package io.ripen.engine.console;

import java.util.List;

/** Paths of requests. */
final class Paths {

  private Paths() {}

  /** Whether the path is one of these or below one of them. */
  static boolean anyCovers(List<String> roots, String path) {
    for (String root : roots) {
      if (path.equals(root) || path.startsWith(root + "/")) {
        return true;
      }
    }
    return false;
  }
}
