package io.ripen.engine.monitoring;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs, as far as it has been told by now: about a second behind the broker by our exporter,
 * some more by Camunda's search. For eyes only; no decision about a person may rest on it.
 */
public interface FlowStatistics {

  /** All versions of all flows, by flow id and the newest first. */
  List<Version> versions();

  /** The elements of one version that anything ever happened to. */
  List<Element> elements(long processKey);

  /** The incidents of one version that nobody has resolved yet, the newest first. */
  List<Incident> openIncidents(long processKey, int most);

  /**
   * A version of a flow and its instances.
   *
   * @param deployedBy who, as they said it; null where nobody told us, as after a deploy straight
   *     from Camunda Modeler
   */
  record Version(
      long processKey,
      String processId,
      int version,
      String name,
      Instant deployedAt,
      @Nullable String deployedBy,
      long running,
      long completed,
      long terminated,
      long openIncidents) {

    /** Instances that reached an end or were ended. */
    public long ended() {
      return completed + terminated;
    }
  }

  /**
   * One element of a diagram.
   *
   * @param active how many instances are there now
   * @param completed how often it was left by the drawn way, for a sequence flow how often taken
   * @param terminated how often it was ended from outside
   * @param openIncidents how many incidents wait there for somebody
   */
  record Element(
      String elementId, long active, long completed, long terminated, long openIncidents) {}

  /** Something that an instance cannot get over by itself. */
  record Incident(
      long key, long instanceKey, String elementId, String errorType, String message, Instant at) {}
}
