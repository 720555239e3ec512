package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.Versions;
import io.ripen.engine.backup.BackupFailed;
import io.ripen.engine.backup.CreateBackup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Put all three stores away as of one moment.",
    customSynopsis = "@|bold ripen backup create|@ --to=FOLDER [--within=TIME] [--PROPERTY=VALUE…]",
    footer = {
      "",
      "It needs the addresses of the stores, as the roles do (@|yellow spring.datasource.url|@,",
      "@|yellow spring.kafka.bootstrap-servers|@), and @|yellow ripen.zeebe.management-address|@",
      "(by default port 9600 where @|yellow camunda.client.rest-address|@ leads), as options or as",
      "environment variables. Zeebe puts its part into its own store for backups.",
      "All engines and workers stand still for some seconds; events are taken in",
      "meanwhile.",
      "The folder has all that is known of people: keep it as safe as the database."
    })
final class BackupCreateCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "where to; a folder that is new or empty")
  private @Nullable Path to;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "how long processes may take to come to rest (default: ${DEFAULT-VALUE})")
  private String within = "2m";

  @Unmatched private List<String> options = new ArrayList<>();

  BackupCreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (to == null) {
      throw new Failure("--to is not set (expected: a folder that is new or empty)");
    }
    Duration patience = duration(within);
    Path folder = to.toAbsolutePath().normalize();
    CreateBackup create =
        new CreateBackup(
            StoreSettings.read(options),
            Versions.read().ripen(),
            Clock.systemUTC(),
            step -> terminal.sayPlain(step, "reset"));
    try {
      CreateBackup.Made made = create.create(folder, patience);
      terminal.sayPlain(
          "backup %d is in %s: %d rows, %d records of Kafka, %.1f MB"
              .formatted(
                  made.id(), folder, made.rows(), made.records(), made.bytes() / 1_000_000.0),
          "green");
      terminal.sayPlain(
          "  Zeebe's part is backup %d in its own store. All stood still for %.1f s."
              .formatted(made.id(), made.standstill().toMillis() / 1_000.0),
          "reset");
      return 0;
    } catch (BackupFailed e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Duration duration(String text) {
    try {
      Duration duration = DurationStyle.detectAndParse(text);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // Said below.
    }
    throw new Failure("--within is %s (expected: a time such as 30s or 2m)".formatted(text));
  }
}
