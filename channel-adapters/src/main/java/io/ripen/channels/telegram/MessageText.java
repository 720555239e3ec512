package io.ripen.channels.telegram;

import io.ripen.channels.ShortMessage;
import io.ripen.channels.ShortMessage.Button;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message in Telegram's words: the title in bold, the text, and a row for each link. */
final class MessageText {

  /** In UTF-16 units, without the markup. */
  private static final int LONGEST = 4096;

  private static final String GAP = "\n\n";

  private MessageText() {}

  /** Why Telegram would not take it, if it would not. */
  static Optional<String> problem(ShortMessage message) {
    int length = title(message).length() + gap(message).length() + text(message).length();
    if (length == 0) {
      return Optional.of("the message is empty");
    }
    if (length > LONGEST) {
      return Optional.of(
          "the message has %,d characters, and Telegram takes %,d at most: shorten it"
              .formatted(length, LONGEST));
    }
    for (Button button : message.buttons()) {
      if (button.label().isBlank()) {
        return Optional.of("a button has no words");
      }
      if (!isWebAddress(button.url())) {
        return Optional.of("a button's link is not a web address (expected: https://…)");
      }
    }
    return Optional.empty();
  }

  static ObjectNode arguments(ShortMessage message, long chat) {
    ObjectNode arguments = BotApi.arguments();
    arguments.put("chat_id", chat);
    arguments.put("text", html(message));
    arguments.put("parse_mode", "HTML");
    // Telegram would open the links to show what is there, which would count as a click.
    arguments.putObject("link_preview_options").put("is_disabled", true);
    if (!message.buttons().isEmpty()) {
      ArrayNode rows = arguments.putObject("reply_markup").putArray("inline_keyboard");
      for (Button button : message.buttons()) {
        rows.addArray().addObject().put("text", button.label()).put("url", button.url());
      }
    }
    return arguments;
  }

  private static String html(ShortMessage message) {
    String title = title(message);
    return (title.isEmpty() ? "" : "<b>" + escaped(title) + "</b>")
        + gap(message)
        + escaped(text(message));
  }

  private static String title(ShortMessage message) {
    return message.title().strip();
  }

  private static String text(ShortMessage message) {
    return message.text().strip();
  }

  private static String gap(ShortMessage message) {
    return title(message).isEmpty() || text(message).isEmpty() ? "" : GAP;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static boolean isWebAddress(String url) {
    try {
      URI uri = new URI(url);
      return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
