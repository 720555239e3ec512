package io.ripen.engine.privacy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Hands a person's data over, and erases people: {@code ripen leads export} and {@code erase}. */
@RestController
@Profile("engine")
@RequestMapping("/api")
class PrivacyApi {

  private static final int MOST = 500;
  private static final int LONGEST_NAME = 200;

  private final PeopleJdbc people;
  private final ExportPeople export;
  private final ErasePeople erase;
  private final ErasureJdbc erasures;
  private final ErasureRunner runner;

  PrivacyApi(
      PeopleJdbc people,
      ExportPeople export,
      ErasePeople erase,
      ErasureJdbc erasures,
      ErasureRunner runner) {
    this.people = people;
    this.export = export;
    this.erase = erase;
    this.erasures = erasures;
    this.runner = runner;
  }

  /**
   * What is wanted.
   *
   * @param dryRun only count
   * @param by who asks
   */
  record Wish(@Nullable Boolean dryRun, @Nullable String by) {}

  /** What an erasure would remove. */
  record Look(List<UUID> leads, Map<String, Long> rows) {}

  /** The leads of today with this address or number, by their ids. */
  @GetMapping("/leads/ids")
  List<UUID> find(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String phone) {
    return people.with(email, phone);
  }

  /** All that is held of the person, also by the id of a lead that was merged. */
  @GetMapping("/leads/{id}/export")
  ResponseEntity<byte[]> export(@PathVariable String id) {
    try {
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .header("Content-Disposition", "attachment; filename=\"lead-%s.json\"".formatted(id))
          .header("Cache-Control", "no-store")
          .body(export.export(family(id)));
    } catch (KafkaException e) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "Kafka cannot be read, so the export would not be complete (expected: the same, later)",
          e);
    }
  }

  /** Only as JSON: a form of another site's page could send anything else. */
  @PostMapping(path = "/leads/{id}/erase", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> erase(@PathVariable String id, @RequestBody Wish wish) {
    if (Boolean.TRUE.equals(wish.dryRun())) {
      List<UUID> family = family(id);
      return ResponseEntity.ok(new Look(family, erase.look(family)));
    }
    String by = wish.by() == null || wish.by().isBlank() ? "unknown" : wish.by().strip();
    if (by.length() > LONGEST_NAME) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "by has %d characters (expected: %d at most)".formatted(by.length(), LONGEST_NAME));
    }
    Erasure erasure = erase.begin(lead(id), by).orElseThrow(() -> unknown(id));
    runner.wake();
    return ResponseEntity.accepted().body(erasure);
  }

  /** How far an erasure is; its receipt once it is done. */
  @GetMapping("/erasures/{id}")
  Erasure erasure(@PathVariable String id) {
    return erasures
        .find(lead(id))
        .orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no erasure " + id));
  }

  /** The newest first. */
  @GetMapping("/erasures")
  List<Erasure> all() {
    return erasures.newest(MOST);
  }

  private List<UUID> family(String id) {
    List<UUID> family = people.family(List.of(lead(id)));
    if (family.isEmpty()) {
      throw unknown(id);
    }
    return family;
  }

  private static UUID lead(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw unknown(id);
    }
  }

  private static ResponseStatusException unknown(String id) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no lead " + id);
  }
}
