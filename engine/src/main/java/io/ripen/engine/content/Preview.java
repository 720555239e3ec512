package io.ripen.engine.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a message to files as one lead would get it; needs no server. */
public final class Preview {

  private final MessageFiles files;
  private final MessageFolder messages;

  /**
   * @param bpmn the folder with a folder per flow
   */
  public Preview(Path bpmn) {
    this.files = new MessageFiles(bpmn);
    this.messages = new MessageFolder(bpmn);
  }

  /**
   * Renders a message and writes {@code NAME.html} and {@code NAME.txt}.
   *
   * @param message {@code FLOW/MESSAGE}, for example {@code abandoned-cart/reminder}
   * @param locale as a BCP 47 tag, or null for the one that the facts have
   * @param facts a JSON file with facts, or null for the flow's own {@code preview.json}
   * @param out where to write; made if it is not there
   * @throws ContentProblem when the message or the facts cannot be used, or nothing can be written;
   *     the message says which file, where in it, and why
   */
  public Written write(String message, @Nullable String locale, @Nullable Path facts, Path out)
      throws ContentProblem {
    String[] names = message.split("/", -1);
    if (names.length != 2) {
      throw new ContentProblem(
          message, 0, "it is no flow and message", "write it as abandoned-cart/reminder");
    }
    if (facts != null && !Files.isReadable(facts)) {
      throw new ContentProblem(
          facts.toString(), 0, "it cannot be read", "name a JSON file with facts");
    }
    files.checkNames(names[0], names[1]);
    Path preview = files.bpmn().resolve(names[0]).resolve("preview.json");
    Map<String, @Nullable Object> known =
        facts == null
            ? PreviewFacts.read(preview, files.shown(preview))
            : PreviewFacts.read(facts, facts.toString());
    RenderedMessage rendered =
        messages.render(names[0], names[1], locale == null ? localeOf(known) : locale, known);
    return write(rendered, names[1], out);
  }

  /** What was written where. */
  public record Written(RenderedMessage message, Path html, Path text) {}

  private static Written write(RenderedMessage rendered, String name, Path out)
      throws ContentProblem {
    try {
      Files.createDirectories(out);
      Path html = Files.writeString(out.resolve(name + ".html"), rendered.html());
      Path text = Files.writeString(out.resolve(name + ".txt"), rendered.text());
      return new Written(rendered, html, text);
    } catch (IOException e) {
      throw new ContentProblem(
          out.toString(), 0, "it cannot be written to: " + e.getMessage(), "name another folder");
    }
  }

  private static @Nullable String localeOf(Map<String, @Nullable Object> facts) {
    return facts.get("lead") instanceof Map<?, ?> lead && lead.get("locale") instanceof String tag
        ? tag
        : null;
  }
}
