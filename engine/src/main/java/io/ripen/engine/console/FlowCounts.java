package io.ripen.engine.console;

import java.util.List;

/**
 * What happens in one version of a flow, by now.
 *
 * @param touches over all elements
 * @param costs what they cost, as far as their providers have told
 */
record FlowCounts(
    String processId,
    int version,
    long running,
    long completed,
    long terminated,
    long openIncidents,
    FlowTouches touches,
    List<Cost> costs,
    List<Element> elements) {

  /**
   * What was paid in one currency.
   *
   * @param amount as a decimal number
   */
  record Cost(String amount, String currency) {}

  /**
   * One step of the diagram that anything happened to, in the diagram's order.
   *
   * @param name what the diagram calls it; what it is, where it has no name
   * @param passage whether it is a gateway without a name, which all just pass
   * @param active how many instances are there now
   * @param passed how often it was left by a drawn way
   * @param terminated how often it was ended from outside
   * @param touches what became of its touches; none where it sends nothing
   */
  record Element(
      String elementId,
      String name,
      boolean passage,
      long active,
      long passed,
      long terminated,
      long incidents,
      FlowTouches touches) {

    /** Whether it is worth a line in a list. */
    public boolean listed() {
      return !passage || active > 0 || incidents > 0;
    }

    public boolean sends() {
      return !touches.element().isEmpty();
    }
  }
}
