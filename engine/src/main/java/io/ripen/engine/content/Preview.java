package io.ripen.engine.content;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a message to files as one lead would get it; needs no server. */
public final class Preview {

  private final Path bpmn;

  /**
   * @param bpmn the folder with a folder per flow
   */
  public Preview(Path bpmn) {
    this.bpmn = bpmn;
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
    if (facts == null || locale == null) {
      throw new ContentProblem(bpmn.resolve(message) + ": not there yet");
    }
    return new Written(new RenderedMessage(locale, "", "", "", ""), facts, out);
  }

  /** What was written where. */
  public record Written(RenderedMessage message, Path html, Path text) {}
}
