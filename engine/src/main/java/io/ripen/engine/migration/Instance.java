package io.ripen.engine.migration;

import java.util.List;

/**
 * A running instance.
 *
 * @param places the ids of the elements that are active in it, without the flow itself
 * @param touches what was sent on its way so far, or may have been
 */
record Instance(long key, List<String> places, List<Touch> touches) {

  /**
   * @param element the step that sent it, by its id in the version of then
   */
  record Touch(String element, String message, String channel, String state) {}
}
