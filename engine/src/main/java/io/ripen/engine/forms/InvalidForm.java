package io.ripen.engine.forms;

import java.util.List;
import java.util.stream.Collectors;

/** A form that cannot be served; the message says all that is wrong, line by line. */
final class InvalidForm extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<FormProblem> problems;

  InvalidForm(List<FormProblem> problems) {
    super(
        problems.stream().map(FormProblem::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  List<FormProblem> problems() {
    return problems;
  }
}
