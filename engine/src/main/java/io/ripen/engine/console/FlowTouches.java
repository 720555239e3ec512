package io.ripen.engine.console;

/**
 * What became of the touches of one place in a flow.
 *
 * @param element the send task; empty in sums
 * @param open planned, claimed or being handed over
 */
record FlowTouches(
    String element, long accepted, long denied, long rejected, long uncertain, long open) {

  static final FlowTouches NONE = new FlowTouches("", 0, 0, 0, 0, 0);

  FlowTouches plus(FlowTouches other) {
    return new FlowTouches(
        element,
        accepted + other.accepted,
        denied + other.denied,
        rejected + other.rejected,
        uncertain + other.uncertain,
        open + other.open);
  }
}
