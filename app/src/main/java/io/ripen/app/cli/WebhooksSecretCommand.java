package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Given;
import io.ripen.app.Terminal;
import io.ripen.app.local.LocalServer;
import io.ripen.channels.webhook.Receiver;
import io.ripen.engine.steps.WebhookSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description =
        "Print the secret by which another system knows the calls of our flows; needs no server.",
    footer = {
      "",
      "Give it to whoever runs that system, and to nobody else. Each host has its own, made from",
      "@|yellow ripen.signing-key|@, unless @|yellow ripen.webhooks.secret|@ is set, which is the same for all.",
      "The command reads these settings as the workers do (@|yellow RIPEN_SIGNING_KEY|@,",
      "@|yellow --ripen.signing-key=…|@ or a file), or else what the local server keeps in its data folder."
    })
final class WebhooksSecretCommand implements Callable<Integer> {

  private static final int SHORTEST_KEY = 32;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "ADDRESS",
      description = "what the flow calls, such as https://crm.example.com/hooks/lead")
  private URI address = URI.create("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the local server's data folder (default: the user's)")
  private @Nullable Path data;

  @Unmatched private List<String> options = new ArrayList<>();

  WebhooksSecretCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ServerCommand.requireProperties(options, "ripen webhooks secret --help");
    Given given = Given.read(List.of(), options);
    try {
      Receiver receiver = Receiver.at(address);
      WebhookSecrets secrets =
          new WebhookSecrets(
              given.property("ripen.webhooks.secret").orElse(null), null, signingKey(given));
      terminal.sayPlain(secrets.of(receiver).text(), "reset");
      return 0;
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private String signingKey(Given given) {
    String key =
        given
            .property("ripen.signing-key")
            .or(() -> LocalServer.signingKey(data))
            .orElseThrow(
                () ->
                    new Failure(
                        "ripen.signing-key is not set, and no local server was started here"
                            + " (expected: the workers' key; set the environment variable"
                            + " RIPEN_SIGNING_KEY)"));
    if (key.isBlank() || key.length() < SHORTEST_KEY) {
      throw new Failure(
          "ripen.signing-key has %d characters (expected: %d or more, as the workers have it)"
              .formatted(key.length(), SHORTEST_KEY));
    }
    return key;
  }
}
