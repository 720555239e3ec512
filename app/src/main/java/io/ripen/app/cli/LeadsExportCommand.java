package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write all that Ripen holds of one person to a file (GDPR, articles 15 and 20).",
    footer = {
      "",
      "It is one JSON file, which only you may read: tables, what Kafka's topics still have,",
      "and which flows run. Reading Kafka may take some minutes."
    })
final class LeadsExportCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private LeadChoice who = new LeadChoice();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "where to (default: lead-ID.json; it must not be there yet)")
  private @Nullable Path to;

  LeadsExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    EngineApi api = engine.api();
    try {
      String id = who.id(api);
      Path file = to == null ? Path.of("lead-" + id + ".json") : to;
      if (Files.exists(file)) {
        throw new Failure("%s is there already (expected: another --to)".formatted(file));
      }
      terminal.status("  reading …");
      JsonNode export = api.get("/api/leads/%s/export".formatted(id), PATIENCE);
      write(file, export);
      terminal.sayPlain("exported to " + file, "green");
      if (!export.path("kafka").path("complete").asBoolean(false)) {
        terminal.sayPlain(
            "  Kafka's topics could not be read to their ends in time: what stands under kafka is not all",
            "yellow");
        return 1;
      }
      return 0;
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  /** As a whole or not at all. */
  private static void write(Path file, JsonNode export) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path draft =
          Files.createTempFile(
              folder,
              "lead-",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(
            draft, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(export));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new Failure("%s cannot be written: %s".formatted(file, e), e);
    }
  }
}
