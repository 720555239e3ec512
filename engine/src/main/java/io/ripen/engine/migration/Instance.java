package io.ripen.engine.migration;

import java.util.ArrayList;
import java.util.List;

/**
 * A running instance.
 *
 * @param places the ids of the elements that are active in it, without the flow itself
 * @param touches what was sent on its way so far, or may have been
 * @param moves how it came to the version that it is on
 */
record Instance(long key, List<String> places, List<Touch> touches, Moves moves) {

  /**
   * @param element the step that sent it, by its id in the version of then
   * @param version the version of then
   */
  record Touch(String element, int version, String message, String channel, String state) {}

  /** All places, and the flow itself. */
  List<String> containers(String processId) {
    List<String> all = new ArrayList<>(places);
    all.add(processId);
    return all;
  }
}
