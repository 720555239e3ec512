package io.ripen.engine.leads;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Applies a change of {@code score.dmn} to past events, and tells how far that is. */
@RestController
@Profile("engine")
@RequestMapping("/api/score/recompute")
class ScoreApi {

  private final RecomputeRunner runner;
  private final RecomputeScores scores;

  ScoreApi(RecomputeRunner runner, RecomputeScores scores) {
    this.runner = runner;
    this.scores = scores;
  }

  /** Only as JSON: a form of another site's page could send anything else. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Recompute begin() {
    return runner.begin();
  }

  /** The run that was begun last. */
  @GetMapping
  Recompute newest() {
    return scores
        .newest()
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "scores were not recomputed yet (POST begins it)"));
  }
}
