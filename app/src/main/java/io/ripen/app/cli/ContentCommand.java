package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.Preview;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "content", mixinStandardHelpOptions = true, description = "Look at messages.")
final class ContentCommand implements Runnable {

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  ContentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description = "Write a message as HTML and text, as one lead would get it; needs no server.")
  int preview(
      @Parameters(paramLabel = "FLOW/MESSAGE", description = "for example abandoned-cart/reminder")
          String message,
      @Option(
              names = "--locale",
              paramLabel = "TAG",
              description = "for example hu or ru-RU (default: the facts')")
          @Nullable String locale,
      @Option(
              names = "--facts",
              paramLabel = "FILE",
              description = "JSON with what the templates read (default: the flow's preview.json)")
          @Nullable Path facts,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = ".",
              description = "where to write (default: here)")
          Path out,
      @Mixin BpmnFolder bpmn) {
    try {
      Preview.Written written = new Preview(bpmn.path()).write(message, locale, facts, out);
      terminal.sayPlain("Subject    " + written.message().subject(), "bold");
      terminal.sayPlain("Preheader  " + written.message().preheader(), "reset");
      terminal.say("HTML       " + written.html());
      terminal.say("Text       " + written.text());
      return 0;
    } catch (ContentProblem e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
