package io.ripen.engine.tables;

import java.util.List;
import org.camunda.bpm.model.dmn.HitPolicy;

/**
 * What a table has to look like.
 *
 * @param decision its id in the file
 * @param hits which of the rules that match count
 * @param facts what its columns may ask for
 * @param outputs the names of its output columns
 * @param rules reads a row
 * @param <T> what the table is about
 * @param <R> what a row says
 */
public record TableForm<T, R>(
    String decision, Hits hits, TableFacts<T> facts, List<String> outputs, RuleOfRow<R> rules) {

  /** Which of the rules that match count. */
  public enum Hits {
    /** All of them; in Camunda Modeler: Collect. */
    ALL(HitPolicy.COLLECT, "Collect, since several rules may match"),

    /** The first from the top. */
    FIRST(HitPolicy.FIRST, "First, so that there is one answer");

    final HitPolicy policy;
    final String expected;

    Hits(HitPolicy policy, String expected) {
      this.policy = policy;
      this.expected = expected;
    }
  }
}
