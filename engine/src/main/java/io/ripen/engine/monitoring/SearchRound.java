package io.ripen.engine.monitoring;

import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.command.ProblemException;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Camunda's search again and again. While Camunda does not answer, the read model stays as it
 * is; it is said once, and asked less and less often.
 */
final class SearchRound implements Loop.Round {

  private static final Logger LOG = LoggerFactory.getLogger(SearchRound.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final SearchReader reader;
  private final Clock clock;
  private final Duration poll;
  private Duration wait;
  private Instant notBefore = Instant.MIN;
  private volatile @Nullable String trouble;

  SearchRound(SearchReader reader, Clock clock, Duration poll) {
    this.reader = reader;
    this.clock = clock;
    this.poll = poll;
    this.wait = poll;
  }

  /** Why Camunda's search cannot be read now; null when it can, as far as this engine knows. */
  @Nullable String trouble() {
    return trouble;
  }

  @Override
  public boolean run() {
    if (clock.instant().isBefore(notBefore)) {
      return false;
    }
    try {
      reader.round();
      if (trouble != null) {
        LOG.info("Camunda's search is read again");
      }
      trouble = null;
      wait = poll;
    } catch (ClientException e) {
      fail(e);
    }
    return false;
  }

  private void fail(ClientException e) {
    String why = why(e);
    if (!why.equals(trouble)) {
      LOG.warn("Camunda's search cannot be read now, and is tried again: {}", why);
    }
    trouble = why;
    notBefore = clock.instant().plus(wait);
    wait = min(wait.multipliedBy(2), LONGEST_WAIT);
  }

  /** What it is, and what to do. */
  static String why(ClientException failure) {
    if (failure instanceof ClientHttpException http) {
      String text = detail(http);
      return switch (http.code()) {
        case 401 -> "it does not know us (401): see camunda.client.auth. " + text;
        case 403 ->
            "it does not let us read (403): the client needs READ_PROCESS_DEFINITION,"
                + " READ_PROCESS_INSTANCE and READ_USER_TASK for all process definitions. "
                + text;
        case 404 ->
            "there is no search at camunda.client.rest-address (404; expected: Camunda 8.8 or newer,"
                + " with a secondary storage). "
                + text;
        case 429 ->
            "it asks us to come less often (429): see ripen.monitoring.search.poll. " + text;
        default -> "it answers %d. %s".formatted(http.code(), text);
      };
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return firstLine(cause);
  }

  private static String detail(ClientHttpException failure) {
    return failure instanceof ProblemException problem && problem.details() != null
        ? String.valueOf(problem.details().getDetail())
        : firstLine(failure);
  }

  private static String firstLine(Throwable failure) {
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
