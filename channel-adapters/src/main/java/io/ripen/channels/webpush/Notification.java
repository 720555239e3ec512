package io.ripen.channels.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.ShortMessage.Button;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as {@code ripen-push-sw.js} reads it: JSON that fits into what every push service
 * takes.
 */
final class Notification {

  /**
   * 4096 bytes encrypted, without the header of 86 bytes, the tag of 16 and the delimiter (RFC
   * 8188, RFC 8291).
   */
  static final int LARGEST = 4096 - 86 - 16 - 1;

  private static final int LONGEST_TITLE = 200;
  private static final String CUT = "…";

  /** Up to what ends a sentence rather than an address. */
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,;:!?'’”»…)\\]]");

  /** What ended the sentence that the link was in. */
  private static final Pattern LEFT_OVER = Pattern.compile("\\s+[.,;!?…]+\\s*$");

  private Notification() {}

  /** Nothing when the links alone are too long; a long text is cut between two characters. */
  static Optional<byte[]> of(PushMessage message) {
    List<Button> buttons = new ArrayList<>(message.buttons());
    String text = message.text().strip();
    if (buttons.isEmpty()) {
      Matcher link = LINK.matcher(text);
      if (link.find()) {
        // Nobody can press a link in a notification's text; they can press the notification.
        buttons.add(new Button("", link.group()));
        text = text.substring(0, link.start()) + text.substring(link.end());
        text = LEFT_OVER.matcher(text).replaceFirst("").strip();
      }
    }
    String title = cut(message.title().strip(), LONGEST_TITLE);
    List<Integer> ends = ends(text);
    int most = ends.size() - 1;
    int least = -1;
    // The longest beginning that fits: its size grows with it.
    while (least < most) {
      int middle = (least + most + 1) >>> 1;
      if (json(message, title, beginning(text, ends.get(middle)), buttons).length <= LARGEST) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return least < 0
        ? Optional.empty()
        : Optional.of(json(message, title, beginning(text, ends.get(least)), buttons));
  }

  private static byte[] json(PushMessage message, String title, String text, List<Button> buttons) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("ripen", message.id()).put("title", title).put("body", text);
    if (!buttons.isEmpty()) {
      json.put("url", buttons.getFirst().url());
    }
    ArrayNode actions = json.putArray("actions");
    // One that does what the notification does is no choice.
    if (buttons.size() > 1) {
      buttons.forEach(
          button -> actions.addObject().put("title", button.label()).put("url", button.url()));
    }
    if (message.delivered() != null) {
      json.put("delivered", message.delivered());
    }
    return json.toString().getBytes(UTF_8);
  }

  private static String beginning(String text, int end) {
    return end == text.length() ? text : text.substring(0, end).stripTrailing() + CUT;
  }

  private static String cut(String text, int most) {
    int end = 0;
    for (int next : ends(text)) {
      end = next <= most ? next : end;
    }
    return beginning(text, end);
  }

  /** Where characters end, as people count them; 0 first. */
  private static List<Integer> ends(String text) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    List<Integer> ends = new ArrayList<>();
    for (int end = characters.first(); end != BreakIterator.DONE; end = characters.next()) {
      ends.add(end);
    }
    return ends;
  }
}
