package io.ripen.engine.flows;

import io.ripen.engine.content.Nearest;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.FeelName;
import io.ripen.engine.feel.InvalidFeel;
import java.util.Map;
import java.util.Set;

/** What the diagram asks a run's variables for is set by something. */
final class VariableRule implements FlowRule {

  private final Feel feel;
  private final Map<String, Set<String>> forms;

  /**
   * @param forms the fields of each form by its id
   */
  VariableRule(Feel feel, Map<String, Set<String>> forms) {
    this.feel = feel;
    this.forms = forms;
  }

  @Override
  public void check(Flow flow, Report report) {
    FlowVariables variables = FlowVariables.of(flow, forms);
    if (variables.isOpen()) {
      return;
    }
    for (Formula formula : Formula.of(flow)) {
      if (formula.isFeel()) {
        check(flow, formula, variables.names(), report);
      }
    }
  }

  private void check(Flow flow, Formula formula, Set<String> set, Report report) {
    try {
      for (FeelName name : feel.names(formula.text())) {
        if (!name.ofElement() && !set.contains(name.root())) {
          report.warning(
              flow.drawn(formula.around()),
              "variable-unset",
              "nothing in the flow sets %s, so that it is never known".formatted(name.root()),
              Nearest.to(name.root(), set)
                  .map(meant -> "did you mean " + meant + "?")
                  .orElse(
                      "set it by a step before, such as Look up, or write \"%s\" if it is a text"
                          .formatted(name.root())));
        }
      }
    } catch (InvalidFeel e) {
      // Told by the rule whose expression it is.
    }
  }
}
