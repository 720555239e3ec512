package io.ripen.channels.telegram;

import io.ripen.channels.ShortMessage;
import io.ripen.channels.ShortMessage.Button;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message in Telegram's words: the title in bold, the text, and a row for each link. */
record MessageText(String title, String text, List<Button> buttons) {

  /** In UTF-16 units, without the markup. */
  private static final int LONGEST = 4096;

  private static final String GAP = "\n\n";

  static MessageText of(ShortMessage message) {
    StringBuilder text = new StringBuilder(message.text().strip());
    List<Button> buttons = new ArrayList<>();
    for (Button button : message.buttons()) {
      if (host(button).filter(MessageText::isOfThisNetwork).isPresent()) {
        text.append(GAP).append(button.label()).append(": ").append(button.url());
      } else {
        buttons.add(button);
      }
    }
    return new MessageText(message.title().strip(), text.toString().strip(), buttons);
  }

  /** Why Telegram would not take it, if it would not. */
  Optional<String> problem() {
    int length = title.length() + gap().length() + text.length();
    if (length == 0) {
      return Optional.of("the message is empty");
    }
    if (length > LONGEST) {
      return Optional.of(
          "the message has %d characters, and Telegram takes %d at most: shorten it"
              .formatted(length, LONGEST));
    }
    for (Button button : buttons) {
      if (button.label().isBlank()) {
        return Optional.of("a button has no words");
      }
      if (host(button).isEmpty()) {
        return Optional.of("a button's link is not a web address (expected: https://…)");
      }
    }
    return Optional.empty();
  }

  ObjectNode arguments(long chat) {
    ObjectNode arguments = BotApi.arguments();
    arguments.put("chat_id", chat);
    arguments.put("text", html());
    arguments.put("parse_mode", "HTML");
    // Telegram would open the links to show what is there, which would count as a click.
    arguments.putObject("link_preview_options").put("is_disabled", true);
    if (!buttons.isEmpty()) {
      ArrayNode rows = arguments.putObject("reply_markup").putArray("inline_keyboard");
      for (Button button : buttons) {
        rows.addArray().addObject().put("text", button.label()).put("url", button.url());
      }
    }
    return arguments;
  }

  private String html() {
    return (title.isEmpty() ? "" : "<b>" + escaped(title) + "</b>") + gap() + escaped(text);
  }

  private String gap() {
    return title.isEmpty() || text.isEmpty() ? "" : GAP;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** As {@code localhost}, which Telegram refuses in a button but not in a text. */
  private static boolean isOfThisNetwork(String host) {
    return host.indexOf('.') < 0;
  }

  /** Empty when it is no web address. */
  private static Optional<String> host(Button button) {
    try {
      URI uri = new URI(button.url());
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return web ? Optional.ofNullable(uri.getHost()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
