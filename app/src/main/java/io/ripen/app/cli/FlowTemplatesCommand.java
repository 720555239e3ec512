package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.flows.Palette;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "List what lies in the folder in the drop-downs of the element templates.",
    footer = {
      "",
      "Messages, forms, flows, decisions, questions, segments and signals; nothing else of the",
      "templates changes. Run it after you added one or took one away; Camunda Modeler shows it when you",
      "open the diagram again. @|bold ripen flow check|@ says when it is due."
    })
final class FlowTemplatesCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private BpmnFolder bpmn = new BpmnFolder();

  FlowTemplatesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Palette.Renewed> renewed;
    try {
      renewed = new FlowCheck(bpmn.path()).palette().renew();
    } catch (IOException e) {
      throw new Failure(
          "a template cannot be read or written: %s. Running this again does the rest"
              .formatted(e.getMessage()),
          e);
    }
    renewed.forEach(
        file ->
            terminal.say(
                "@|green renewed|@ %s: %s"
                    .formatted(file.file(), String.join(", ", file.fields()))));
    if (renewed.isEmpty()) {
      terminal.say("All drop-downs list what lies in the folder.");
    }
    return 0;
  }
}
