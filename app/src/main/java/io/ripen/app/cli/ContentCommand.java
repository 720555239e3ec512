package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.channels.Segments;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.Preview;
import io.ripen.engine.content.ShortText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "content", mixinStandardHelpOptions = true, description = "Look at messages.")
final class ContentCommand implements Runnable {

  private static final int MARGIN = 11;
  private static final int FEW = 10;

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
      description =
          "Write an e-mail as HTML and text, as one lead would get it, and show a short message with"
              + " what it costs as a text message and its template for WhatsApp; needs no server.")
  int preview(
      @Parameters(paramLabel = "FLOW/MESSAGE", description = "for example abandoned-cart/reminder")
          String message,
      @Option(
              names = "--locale",
              paramLabel = "TAG",
              description =
                  "for example hu or ru-RU (default: the facts'; of a short message, all there are)")
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
      @Option(
              names = "--public-url",
              paramLabel = "URL",
              defaultValue = "https://example.com",
              description =
                  "ripen.public-url of your server: short links in text messages begin with it"
                      + " (default: ${DEFAULT-VALUE})")
          String publicUrl,
      @Mixin BpmnFolder bpmn) {
    try {
      Preview preview = new Preview(bpmn.path());
      List<Preview.Text> texts = preview.texts(message, locale, facts, publicUrl);
      if (texts.isEmpty() || preview.isEmail(message)) {
        say(preview.write(message, locale, facts, out));
      }
      texts.forEach(this::say);
      return 0;
    } catch (ContentProblem e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private void say(Preview.Written written) {
    terminal.sayPlain("Subject    " + written.message().subject(), "bold");
    terminal.sayPlain("Preheader  " + written.message().preheader(), "reset");
    terminal.say("HTML       " + written.html());
    terminal.say("Text       " + written.text());
  }

  private void say(Preview.Text text) {
    Segments segments = text.segments();
    terminal.sayPlain(
        "As SMS     %s: %s, %d characters, %d segment%s%s"
            .formatted(
                text.locale(),
                segments.encoding() == Segments.Encoding.GSM_7 ? "GSM-7" : "UCS-2",
                segments.units(),
                segments.count(),
                segments.count() == 1 ? "" : "s",
                forcing(segments)),
        "bold");
    terminal.sayPlain(text.text().indent(MARGIN).stripTrailing(), "reset");
    terminal.sayPlain("WhatsApp   %s: %s".formatted(text.locale(), whatsApp(text)), "bold");
  }

  private static String whatsApp(Preview.Text text) {
    ShortText.WhatsApp whatsApp = text.whatsApp();
    if (whatsApp == null) {
      return "names no template; who has not written for a day gets ripen.twilio.whatsapp.template,"
          + " if it is set";
    }
    StringBuilder words = new StringBuilder("template " + whatsApp.sid());
    whatsApp.values().forEach((name, value) -> words.append("\n%s = %s".formatted(name, value)));
    return words.toString().replace("\n", "\n" + " ".repeat(MARGIN));
  }

  /** One sign that GSM-7 does not have more than doubles what a text costs; few can be changed. */
  private static String forcing(Segments segments) {
    int signs = segments.forcing().codePointCount(0, segments.forcing().length());
    return signs == 0 || signs > FEW ? "" : " (for " + segments.forcing() + ")";
  }
}
