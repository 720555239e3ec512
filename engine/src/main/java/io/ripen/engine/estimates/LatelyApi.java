package io.ripen.engine.estimates;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells what leads and flows did lately, for estimates of what a flow will come to. The counts are
 * up to a minute old, so that whoever asks often costs little.
 */
@RestController
@Profile("engine")
@RequestMapping("/api/lately")
class LatelyApi {

  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Less than a deploy waits for it. */
  private static final Duration AT_MOST = Duration.ofSeconds(8);

  private final LoadingCache<Duration, Lately> kept;

  LatelyApi(LatelyJdbc lately, Clock clock) {
    kept =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .build(atMost -> lately.read(clock.instant(), atMost));
  }

  @GetMapping
  Lately lately() {
    return lately(AT_MOST);
  }

  Lately lately(Duration atMost) {
    try {
      return kept.get(atMost);
    } catch (QueryTimeoutException e) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "counting what happened lately took longer than %d seconds, so the database is busy; try"
                  .formatted(atMost.toSeconds())
              + " again later",
          e);
    }
  }
}
