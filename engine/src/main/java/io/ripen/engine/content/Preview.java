package io.ripen.engine.content;

import io.ripen.channels.PlainText;
import io.ripen.channels.Segments;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.links.LinkRewriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Name name = Name.of(message);
    Map<String, @Nullable Object> known = facts(name, facts);
    RenderedMessage rendered =
        messages.render(
            name.flow(), name.message(), locale == null ? localeOf(known) : locale, known);
    return write(rendered, name.message(), out);
  }

  private record Name(String flow, String message) {
    static Name of(String text) throws ContentProblem {
      String[] names = text.split("/", -1);
      if (names.length != 2) {
        throw new ContentProblem(
            text, 0, "it is no flow and message", "write it as abandoned-cart/reminder");
      }
      return new Name(names[0], names[1]);
    }
  }

  private Map<String, @Nullable Object> facts(Name name, @Nullable Path facts)
      throws ContentProblem {
    if (facts != null && !Files.isReadable(facts)) {
      throw new ContentProblem(
          facts.toString(), 0, "it cannot be read", "name a JSON file with facts");
    }
    files.checkNames(name.flow(), name.message());
    Path preview = files.bpmn().resolve(name.flow()).resolve("preview.json");
    return facts == null
        ? PreviewFacts.read(preview, files.shown(preview))
        : PreviewFacts.read(facts, facts.toString());
  }

  /** Whether the message is there as an e-mail. */
  public boolean isEmail(String message) throws ContentProblem {
    Name name = Name.of(message);
    return !files.locales(name.flow(), name.message(), MessageKind.EMAIL).isEmpty();
  }

  /**
   * A short message as a text message, and its template for WhatsApp, in each of its languages.
   *
   * @param locale only this one, or null for all
   * @param facts as for {@link #write}
   * @param publicUrl short links begin with it
   * @return none where there is no such short message
   */
  public List<Text> texts(
      String message, @Nullable String locale, @Nullable Path facts, String publicUrl)
      throws ContentProblem {
    Name name = Name.of(message);
    Map<String, @Nullable Object> known = facts(name, facts);
    Set<String> locales = files.locales(name.flow(), name.message(), MessageKind.SHORT);
    List<Text> texts = new ArrayList<>();
    for (String each : locale == null || locales.isEmpty() ? locales : Set.of(locale)) {
      ShortText text = messages.renderShort(name.flow(), name.message(), each, known);
      String plain = LinkRewriter.withSampleLinks(plain(text), publicUrl);
      texts.add(new Text(text.locale(), plain, Segments.of(plain), text.whatsApp()));
    }
    return texts;
  }

  private static String plain(ShortText text) {
    return PlainText.of(
        new ShortMessage(
            "preview",
            "preview",
            text.title(),
            text.text(),
            text.buttons().stream()
                .map(button -> new ShortMessage.Button(button.label(), button.url()))
                .toList(),
            text.look(),
            Instant.MAX,
            false));
  }

  /**
   * A short message as a text message.
   *
   * @param text with links as long as real ones
   * @param segments what is paid for
   * @param whatsApp what goes to who has not written by WhatsApp for a day; null where the message
   *     names no template
   */
  public record Text(
      String locale, String text, Segments segments, ShortText.@Nullable WhatsApp whatsApp) {}

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
