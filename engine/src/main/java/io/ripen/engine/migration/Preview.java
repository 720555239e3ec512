package io.ripen.engine.migration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a migration would do.
 *
 * @param to the version that instances would come to
 * @param groups those who stand at the same places and fare alike, the older versions first
 */
record Preview(String flow, int to, List<Group> groups) {

  /**
   * @param places where they stand, as people know it, and the id of where they would
   * @param givenUp what they wait for now and would not any more, since the new version has nothing
   *     of that id, kind and signal there
   * @param refused why they cannot be moved; null where they can
   */
  record Group(
      int version,
      long instances,
      Map<String, String> places,
      List<String> givenUp,
      @Nullable String refused) {}
}
