package io.ripen.engine.flows;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;

/** FEEL in the diagram itself: conditions, mappings, loops, and what is worked out for a task. */
final class FeelRule implements FlowRule {

  private static final String RULE = "feel";

  private final Feel feel;

  FeelRule(Feel feel) {
    this.feel = feel;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (Formula formula : Formula.of(flow)) {
      switch (formula.kind()) {
        case NEEDED -> {
          if (formula.isFeel()) {
            parse(flow, formula, report);
          } else {
            report.error(
                flow.drawn(formula.around()),
                RULE,
                "\"%s\" is a plain text, and would not be worked out".formatted(formula.text()),
                "write it with a = before it, such as =choice = \"yes\"");
          }
        }
        case POSSIBLE -> {
          if (formula.isFeel()) {
            parse(flow, formula, report);
          }
        }
        case OF_EVENT -> {
          // Other rules say how they have to be.
        }
      }
    }
  }

  private void parse(Flow flow, Formula formula, Report report) {
    try {
      feel.check(formula.text());
    } catch (InvalidFeel e) {
      report.error(
          flow.drawn(formula.around()),
          RULE,
          String.valueOf(e.getMessage()),
          "correct the expression: a run would stand still there");
    }
  }
}
