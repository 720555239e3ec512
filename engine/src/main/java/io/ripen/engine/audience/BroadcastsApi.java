package io.ripen.engine.audience;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Begins broadcasts, stops them, and tells how far they are. */
@RestController
@Profile("engine")
@RequestMapping("/api/broadcasts")
class BroadcastsApi {

  private static final int NEWEST = 50;

  private final Broadcasts broadcasts;

  BroadcastsApi(Broadcasts broadcasts) {
    this.broadcasts = broadcasts;
  }

  /** What somebody asks for. */
  record Asked(
      @Nullable String flow,
      @Nullable String segment,
      @Nullable Integer perHour,
      @Nullable Boolean again) {}

  /** Only as JSON: a form of another site's page could send anything else. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Broadcast begin(@RequestBody Asked asked) {
    String flow = required("flow", asked.flow());
    String segment = required("segment", asked.segment());
    refuse(flow, segment, asked.perHour());
    return broadcasts.begin(flow, segment, asked.perHour(), Boolean.TRUE.equals(asked.again()));
  }

  /** What the same would do as a {@code POST}. */
  @GetMapping("/preview")
  BroadcastPlan preview(
      @RequestParam String flow,
      @RequestParam String segment,
      @RequestParam(required = false) @Nullable Integer perHour,
      @RequestParam(defaultValue = "false") boolean again) {
    refuse(flow, segment, perHour);
    return broadcasts.plan(flow, segment, perHour, again);
  }

  /** The newest ones. */
  @GetMapping
  List<Broadcast> newest() {
    return broadcasts.newest(NEWEST);
  }

  @GetMapping("/{id}")
  Broadcast find(@PathVariable long id) {
    return broadcasts
        .find(id)
        .orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no broadcast " + id));
  }

  /** Stops it; runs that it has started go on. */
  @PostMapping(path = "/{id}/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
  Broadcast stop(@PathVariable long id) {
    broadcasts.stop(id);
    return find(id);
  }

  /** What is to be stopped. */
  record AskedToStop(@Nullable String flow, @Nullable String segment) {}

  /** As {@link #stop(long)}, of who does not know its id. */
  @PostMapping(path = "/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
  Broadcast stop(@RequestBody AskedToStop asked) {
    String flow = required("flow", asked.flow());
    String segment = required("segment", asked.segment());
    return broadcasts
        .stop(flow, segment)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "flow %s is not being started for %s".formatted(flow, segment)));
  }

  private void refuse(String flow, String segment, @Nullable Integer perHour) {
    broadcasts
        .obstacle(flow, segment, perHour)
        .ifPresent(
            why -> {
              throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, why);
            });
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ResponseStatusException(
          HttpStatus.UNPROCESSABLE_CONTENT, "\"%s\" is missing".formatted(name));
    }
    return value;
  }
}
