package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.channels.webpush.PushKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "push", mixinStandardHelpOptions = true, description = "Set up notifications.")
final class PushCommand implements Runnable {

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  PushCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = "Make a new pair of keys for notifications; needs no server.",
      footer = {
        "",
        "Set the lines that it prints for the engine and the workers, and keep them: with another",
        "pair all browsers have to subscribe anew. The local server has a pair of its own."
      })
  int keys(
      @Option(
              names = "--subject",
              paramLabel = "ADDRESS",
              required = true,
              description =
                  "where the operator of a push service reaches you: mailto:you@your.domain or"
                      + " https://your.domain")
          String subject) {
    PushKeys keys;
    try {
      keys = PushKeys.generate(subject);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
    terminal.sayPlain("ripen.push.public-key=" + keys.publicKey(), "reset");
    terminal.sayPlain("ripen.push.private-key=" + keys.privateKey(), "reset");
    terminal.sayPlain("ripen.push.subject=" + keys.subject(), "reset");
    terminal.say(
        "The private key is a secret: whoever has it can write to all subscribed browsers.");
    return 0;
  }
}
