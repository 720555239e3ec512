package io.ripen.app.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Keeps what Spring Boot finds out about a start that failed, so that we can say it. */
public final class StartAnalysis implements FailureAnalysisReporter {

  private static final AtomicReference<@Nullable String> LAST = new AtomicReference<>();

  @Override
  public void report(FailureAnalysis analysis) {
    LAST.set(analysis.getDescription());
  }

  /** The newest, if it had anything to say. */
  static Optional<String> last() {
    return Optional.ofNullable(LAST.getAndSet(null)).map(String::strip);
  }
}
