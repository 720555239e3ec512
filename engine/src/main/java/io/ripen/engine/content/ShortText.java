package io.ripen.engine.content;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A short message, ready to be sent.
 *
 * @param locale the locale that it is written in, which is the fallback where the lead's is missing
 * @param title what stands above the text where a channel shows such a thing; may be empty
 * @param text one paragraph or a few
 * @param look how a popup is shown: {@code place} ({@code corner}, {@code center}, {@code bar}) and
 *     {@code when} ({@code now}, {@code exit}); only what the file says
 * @param whatsApp what goes in its place to who has not written by WhatsApp for a day; null where
 *     the file names no template
 */
public record ShortText(
    String locale,
    String title,
    String text,
    List<Button> buttons,
    Map<String, String> look,
    @Nullable WhatsApp whatsApp) {

  /** A link with words. */
  public record Button(String label, String url) {}

  /**
   * A content template of Twilio's that WhatsApp has approved.
   *
   * @param sid {@code HX…}
   * @param values what fills its variables, each in one line; may be empty
   */
  public record WhatsApp(String sid, SortedMap<String, String> values) {}
}
