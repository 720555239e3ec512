package io.ripen.app.cli;

import io.ripen.app.Terminal;
import io.ripen.engine.flows.Finding;
import java.util.List;

/** Findings as lines. */
final class Findings {

  private Findings() {}

  static void print(List<Finding> findings, Terminal terminal) {
    findings.forEach(
        finding -> terminal.sayPlain(finding.toString(), finding.isError() ? "red" : "yellow"));
  }
}
