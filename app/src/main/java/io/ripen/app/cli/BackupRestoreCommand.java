package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.engine.backup.BackupFailed;
import io.ripen.engine.backup.RestoreBackup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Bring a backup back into empty stores.",
    customSynopsis = "@|bold ripen backup restore|@ --from=FOLDER [--PROPERTY=VALUE…]",
    footer = {
      "",
      "Fills PostgreSQL and Kafka, which have to be empty, and says how Zeebe's",
      "brokers bring their part back. No engine, worker or broker may run before.",
      "It may be done again if it is cut off."
    })
final class BackupRestoreCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      required = true,
      description = "a folder that @|bold ripen backup create|@ has filled")
  private @Nullable Path from;

  @Unmatched private List<String> options = new ArrayList<>();

  BackupRestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (from == null) {
      throw new Failure("--from is not set (expected: the folder of a backup)");
    }
    RestoreBackup restore =
        new RestoreBackup(StoreSettings.read(options), step -> terminal.sayPlain(step, "reset"));
    try {
      RestoreBackup.Restored restored = restore.restore(from.toAbsolutePath().normalize());
      terminal.sayPlain(
          "PostgreSQL has %d rows back, Kafka %d records"
              .formatted(restored.rows(), restored.records()),
          "green");
      terminal.sayPlain(
          """
          Next, on each of Zeebe's brokers, with its usual settings (the store for backups among them) and
          an empty data folder, before it is started:

              bin/restore --backupId=%d

          Then start the brokers, and after them the engines and workers."""
              .formatted(restored.id()),
          "reset");
      return 0;
    } catch (BackupFailed e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
