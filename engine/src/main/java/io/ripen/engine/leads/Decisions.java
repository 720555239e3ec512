package io.ripen.engine.leads;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a flow or a person decides about a lead. In force when the method returns; a decision with
 * the same id is the same decision and is applied once.
 */
public interface Decisions {

  /**
   * Moves a lead on. Where the lead is there already, or further on the same way, nothing changes:
   * whom a salesperson has, only somebody of sales gives back.
   *
   * @param id of the decision, at most 100 characters
   * @param reason why, as a few words
   */
  Outcome moveTo(String id, UUID leadId, Stage to, String reason, DecidedBy by);

  /**
   * Gives or takes points.
   *
   * @param id of the decision, at most 100 characters
   * @param reason what for, as a few words
   * @param by which flow and element, or who
   * @return why it cannot be done; empty when it is done
   */
  Optional<String> addPoints(String id, UUID leadId, int points, String reason, String by);

  /**
   * Puts leads into segments, and takes them out of some. Who is there already, or not there, stays
   * so, and no flow is told.
   *
   * @param id of the decision, at most 100 characters; each change adds to it
   * @param by which rule, flow and element, or who
   * @param quietly whether no flow is to start by it
   * @return why some of it cannot be done; empty when all is done
   */
  Optional<String> changeSegments(
      String id, List<SegmentChange> changes, String by, boolean quietly);

  /** What became of a decision. */
  sealed interface Outcome {
    /** The lead is there now by this decision. */
    record Moved() implements Outcome {}

    /** The lead was there already, or further. */
    record AlreadyThere() implements Outcome {}

    /** There is no way there. */
    record Impossible(String reason) implements Outcome {}
  }
}
