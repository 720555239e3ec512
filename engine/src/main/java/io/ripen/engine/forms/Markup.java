package io.ripen.engine.forms;

import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Markdown, as form-js takes it in texts. Tags in it are shown and not obeyed; links lead to web
 * and mail addresses only, and open beside the form.
 */
final class Markup {

  private static final Parser PARSER = Parser.builder().build();

  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(context -> Markup::openBeside)
          .build();

  private static final TextContentRenderer TEXT = TextContentRenderer.builder().build();

  private Markup() {}

  static String html(String markdown) {
    return HTML.render(PARSER.parse(markdown));
  }

  /** The first heading without its marks; null where there is none. */
  static @Nullable String heading(String markdown) {
    var found =
        new Object() {
          @Nullable String text;
        };
    PARSER
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                found.text = found.text == null ? TEXT.render(heading).strip() : found.text;
              }
            });
    return found.text;
  }

  private static void openBeside(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link) {
      List.of(Map.entry("target", "_blank"), Map.entry("rel", "noopener"))
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue()));
    }
  }
}
