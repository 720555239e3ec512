package io.ripen.app;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.core.NestedExceptionUtils;

/** What Spring Boot has found out about a start that failed, for people to read. */
public final class StartAnalysis implements FailureAnalysisReporter {

  private static final AtomicReference<@Nullable FailureAnalysis> LAST = new AtomicReference<>();

  @Override
  public void report(FailureAnalysis analysis) {
    LAST.set(analysis);
  }

  /**
   * Says in one message why something did not start, and what to do.
   *
   * @param what has not started
   * @param thrown what {@code SpringApplication.run} threw
   * @param more where to look further
   */
  public static Failure failure(String what, RuntimeException thrown, String more) {
    @Nullable FailureAnalysis analysis = LAST.getAndSet(null);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
    }
    String why = analysis == null ? why(thrown) : why(analysis);
    String stop = why.endsWith(".") || why.endsWith("\n") ? "" : ".";
    return new Failure("%s did not start: %s%s %s".formatted(what, why, stop, more), thrown);
  }

  private static String why(FailureAnalysis analysis) {
    @Nullable String action = analysis.getAction();
    String description = analysis.getDescription().strip();
    return action == null || action.isBlank() ? description : description + "\n" + action.strip();
  }

  /** Of what others throw, the last message alone often says little ("Connection refused"). */
  private static String why(RuntimeException thrown) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
    boolean saysAll =
        root instanceof IllegalStateException
            || root instanceof IllegalArgumentException
            || root.getClass().getName().startsWith("io.ripen.");
    if (saysAll && root.getMessage() != null) {
      return root.getMessage();
    }
    String detail = root.getClass().getSimpleName() + ": " + root.getMessage();
    Throwable above = thrown;
    for (Throwable next = thrown.getCause(); next != null && next.getCause() != null; ) {
      above = next;
      next = next.getCause();
    }
    return thrown.getCause() == null ? detail : above.getMessage() + " (" + detail + ")";
  }
}
