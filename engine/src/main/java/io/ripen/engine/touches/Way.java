package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * By which channel a touch goes.
 *
 * @param choice why by this one, where it was chosen just now: JSON, as the ledger keeps it
 */
record Way(Medium medium, @Nullable String choice) {

  /** By a channel that the flow names, or that was chosen before. */
  static Way by(Medium medium) {
    return new Way(medium, null);
  }

  static Way chosen(Medium medium, List<Option> among) {
    ArrayNode options = JsonNodeFactory.instance.arrayNode();
    for (Option option : among) {
      options
          .addObject()
          .put("channel", option.medium().lower())
          .put("answers", Math.round(option.answers() * 100) / 100.0)
          .put("verdict", option.verdict())
          .put("code", option.code());
    }
    return new Way(medium, options.toString());
  }

  /**
   * A channel that was looked at.
   *
   * @param answers the share of what was sent by it that the lead answers, as far as we can tell
   * @param verdict what the gate said to it, as in the table of decisions
   * @param code the same in a word
   */
  record Option(Medium medium, double answers, String verdict, String code) {}
}
