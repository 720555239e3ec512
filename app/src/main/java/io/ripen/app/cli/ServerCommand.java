package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Given;
import io.ripen.app.RipenApplication;
import io.ripen.app.StartAnalysis;
import io.ripen.app.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Start a server.",
    customSynopsis =
        "@|bold ripen server|@ (local|engine|workers) [--data=DIR] [--PROPERTY=VALUE…]",
    footer = {
      "",
      "@|bold local|@    everything on this machine, with its own Zeebe, Kafka and PostgreSQL",
      "@|bold engine|@   takes events in, knows the leads, serves the console",
      "@|bold workers|@  does what the flows ask for; run as many as you like",
      "",
      "@|bold engine|@ and @|bold workers|@ need @|yellow ripen.public-url|@ and @|yellow ripen.signing-key|@,",
      "@|bold workers|@ also @|yellow ripen.email.from|@ and @|yellow spring.mail.host|@.",
      "@|bold local|@ starts neither what has an address (@|yellow spring.datasource.url|@,",
      "@|yellow spring.kafka.bootstrap-servers|@, @|yellow camunda.client.grpc-address|@) nor the mailbox when",
      "@|yellow spring.mail.host|@ is set."
    })
final class ServerCommand implements Callable<Integer> {

  /** Names of Spring properties have a dot, but for these two. */
  private static final Pattern PROPERTY = Pattern.compile("--([\\w-]+[.\\[].+|debug|trace)(=.*)?");

  private static final String DEBUG = "--debug";
  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

  enum Role {
    local,
    engine,
    workers
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}")
  private Role role = Role.local;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where @|bold local|@ keeps everything (default: the setting @|yellow ripen.data|@, else the user's data folder)")
  private @Nullable Path data;

  @Unmatched private List<String> options = new ArrayList<>();

  ServerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    requireProperties(options, "ripen server --help");
    if (role == Role.local) {
      return new LocalServerRun(terminal).run(data, options);
    }
    RoleSettings.require(role, Given.read(List.of(role.name()), options));
    Waiting.untilClosed(start());
    return 0;
  }

  /**
   * @param help the command that tells which options there are
   * @throws Failure when one is no Spring property
   */
  static void requireProperties(List<String> options, String help) {
    for (String option : options) {
      if (!PROPERTY.matcher(option).matches()) {
        throw new Failure(
            "unknown option %s (settings look like --server.port=8091; see %s)"
                .formatted(option, help));
      }
    }
  }

  private ConfigurableApplicationContext start() {
    SpringApplication application = new SpringApplication(RipenApplication.class);
    application.setAdditionalProfiles(role.name());
    try {
      return application.run(options.toArray(String[]::new));
    } catch (RuntimeException e) {
      if (options.contains(DEBUG)) {
        LOG.error("The role {} did not start", role, e);
      }
      throw StartAnalysis.failure("the role " + role, e, "To see where, start with " + DEBUG);
    }
  }
}
