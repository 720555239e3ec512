package io.ripen.engine.migration;

import io.ripen.engine.migration.MigrateFlow.Wish;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Moves running instances to another version: {@code ripen flow migrate}. */
@RestController
@Profile("engine")
@RequestMapping(path = "/api/flows/{flow}/migration", consumes = MediaType.APPLICATION_JSON_VALUE)
class MigrationApi {

  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  private final MigrateFlow migrate;

  MigrationApi(MigrateFlow migrate) {
    this.migrate = migrate;
  }

  record Request(
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable Map<String, String> map,
      @Nullable Integer version,
      @Nullable Long after,
      @Nullable Integer batch) {

    Wish wish(String flow) {
      return new Wish(flow, from, to, map == null ? Map.of() : map);
    }
  }

  /** What it would do. */
  @PostMapping("/preview")
  Preview preview(@PathVariable String flow, @RequestBody Request request) {
    try {
      return migrate.preview(request.wish(flow));
    } catch (InvalidMigration e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
  }

  /** Does it for the next few instances. */
  @PostMapping("/batch")
  Batch move(@PathVariable String flow, @RequestBody Request request) {
    int batch = request.batch() == null ? USUAL : request.batch();
    if (batch < 1 || batch > MOST) {
      throw refuse("batch is %d (expected: 1 to %d)".formatted(batch, MOST));
    }
    try {
      return migrate.move(
          request.wish(flow),
          request.version(),
          request.after() == null ? -1 : request.after(),
          batch);
    } catch (InvalidMigration e) {
      throw refuse(String.valueOf(e.getMessage()));
    }
  }

  private static ResponseStatusException refuse(String reason) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
  }
}
