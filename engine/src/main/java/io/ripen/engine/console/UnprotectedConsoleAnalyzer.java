package io.ripen.engine.console;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what to do, in place of a stack trace. */
final class UnprotectedConsoleAnalyzer extends AbstractFailureAnalyzer<UnprotectedConsole> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnprotectedConsole cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Set ripen.console.password, or server.address to 127.0.0.1.", cause);
  }
}
