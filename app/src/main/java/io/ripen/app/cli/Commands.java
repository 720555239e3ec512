package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: finds the command, and says what went wrong in a sentence. */
@Command(
    name = "ripen",
    versionProvider = Commands.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Marketing automation with flows drawn in BPMN, run by Zeebe.%n",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Begin with @|bold ripen server local|@, then @|bold ripen demo|@.",
      "Every setting is a Spring property: give it as an option (@|yellow --server.port=8091|@)",
      "or as an environment variable (@|yellow SERVER_PORT=8091|@)."
    })
public final class Commands implements Runnable {

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  private Commands() {}

  /**
   * Runs a command.
   *
   * @return its exit code: 0 when all is well, 1 when not, 2 when it was called wrongly
   */
  public static int run(Terminal terminal, String... arguments) {
    CommandLine flow =
        new CommandLine(new FlowCommand())
            .addSubcommand(new FlowCheckCommand(terminal))
            .addSubcommand(new FlowTemplatesCommand(terminal))
            .addSubcommand(new FlowDeployCommand(terminal))
            .addSubcommand(new FlowStartCommand(terminal))
            .addSubcommand(new FlowSplitsCommand(terminal))
            .addSubcommand(new FlowVersionsCommand(terminal))
            .addSubcommand(new FlowMigrateCommand(terminal));
    CommandLine leads =
        new CommandLine(new LeadsCommand())
            .addSubcommand(new LeadsCommand.Import(terminal))
            .addSubcommand(new LeadsExportCommand(terminal))
            .addSubcommand(new LeadsEraseCommand(terminal))
            .addSubcommand(new LeadsReceiptsCommand(terminal));
    CommandLine backup =
        new CommandLine(new BackupCommand())
            .addSubcommand(new BackupCreateCommand(terminal))
            .addSubcommand(new BackupRestoreCommand(terminal));
    CommandLine webhooks =
        new CommandLine(new WebhooksCommand()).addSubcommand(new WebhooksSecretCommand(terminal));
    CommandLine line =
        new CommandLine(new Commands())
            .addSubcommand(new ServerCommand(terminal))
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(flow)
            .addSubcommand(leads)
            .addSubcommand(new SegmentsCommand(terminal))
            .addSubcommand(new ScoreCommand(terminal))
            .addSubcommand(new ContentCommand(terminal))
            .addSubcommand(new PushCommand(terminal))
            .addSubcommand(backup)
            .addSubcommand(webhooks);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          if (thrown instanceof Failure) {
            terminal.complain(String.valueOf(thrown.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw thrown;
        });
    return line.execute(arguments);
  }

  /** Called without a command: says which there are. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      Versions versions = Versions.read();
      return new String[] {
        "@|bold Ripen " + versions.ripen() + "|@",
        "runs Zeebe %s, Kafka %s, PostgreSQL %s"
            .formatted(versions.zeebe(), versions.kafka(), versions.postgres()),
        "Java " + Runtime.version()
      };
    }
  }
}
