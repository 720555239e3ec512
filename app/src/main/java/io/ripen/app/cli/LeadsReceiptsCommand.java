package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "receipts",
    mixinStandardHelpOptions = true,
    description = "Print the receipts of erasures as JSON, the newest first.")
final class LeadsReceiptsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private EngineOptions engine = new EngineOptions();

  LeadsReceiptsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      terminal.sayPlain(
          JsonMapper.shared()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(engine.api().get("/api/erasures")),
          "reset");
      return 0;
    } catch (EngineApi.Away e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
