package io.ripen.app.cli;

import io.ripen.app.Terminal;
import io.ripen.app.demo.Demo;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Play the story of an abandoned cart on the local server that runs.",
    footer = {"", "The server's time is moved forward by a bit more than a day."})
final class DemoCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8090",
      description = "where the server is (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:8090");

  @Option(
      names = "--write-key",
      paramLabel = "KEY",
      defaultValue = "local-shop",
      description = "the write key of the site to send events for (default: ${DEFAULT-VALUE})")
  private String writeKey = "local-shop";

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    new Demo(terminal, url, writeKey).play();
    return 0;
  }
}
