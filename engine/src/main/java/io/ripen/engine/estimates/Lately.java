package io.ripen.engine.estimates;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in the last days, as counts. A {@code way} is a channel and a purpose, as {@code
 * email.marketing}.
 *
 * @param days how far it goes back, at most seven
 * @param awaited signals that some flow waits for, and for how many of these days it has; the
 *     others are not kept
 * @param signals how often each came
 * @param allowed of those, how often it was of a lead who allows each way today; by signal and way
 * @param changes signals that nothing kept, by the stages and segments that leads came into
 * @param events how often each event came in the last day
 * @param byFlows how often a step of another flow started each flow
 * @param broadcasts how often a broadcast did
 * @param entries what the steps "Who may enter" of each flow said
 * @param touches what each flow sent, by way
 */
public record Lately(
    double days,
    Map<String, Double> awaited,
    Map<String, Long> signals,
    Map<String, Map<String, Long>> allowed,
    Map<String, Long> changes,
    Map<String, Long> events,
    Map<String, Long> byFlows,
    Map<String, Long> broadcasts,
    Map<String, Entries> entries,
    Map<String, Map<String, Long>> touches) {

  /** What an engine of another version does not count is not there. */
  public Lately {
    awaited = orNone(awaited);
    signals = orNone(signals);
    allowed = orNone(allowed);
    changes = orNone(changes);
    events = orNone(events);
    byFlows = orNone(byFlows);
    broadcasts = orNone(broadcasts);
    entries = orNone(entries);
    touches = orNone(touches);
  }

  /** Of JSON comes null, whatever the types say. */
  private static <V> Map<String, V> orNone(@Nullable Map<String, V> counts) {
    return counts == null ? Map.of() : counts;
  }

  /** How many asked to come into a flow, and how many of them did. */
  public record Entries(long asked, long letIn) {}
}
