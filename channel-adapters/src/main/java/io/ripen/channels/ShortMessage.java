package io.ripen.channels;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One short message to one person: a text message, a line in a messenger or a chat, a popup or a
 * push notification.
 *
 * @param id the same touch always has the same one
 * @param to where it goes, in the channel's own words: a telephone number, a contact of a
 *     messenger, or for what is shown on a site the lead's id
 * @param title what stands above the text where the channel shows such a thing; may be empty
 * @param text plain text
 * @param buttons links with words; a channel without buttons writes them below the text
 * @param look how it is shown, where a channel has a choice, and the form in it: what a channel
 *     does not know it leaves out
 * @param useUntil until when it is of use to somebody whom it has not reached yet; null where
 *     nobody said
 * @param urgent whether it is worth waking somebody's device
 * @param template what goes in place of title, text and buttons where a messenger takes only what
 *     it has approved; null where this message has none of its own
 */
public record ShortMessage(
    String id,
    String to,
    String title,
    String text,
    List<Button> buttons,
    Map<String, String> look,
    @Nullable Instant useUntil,
    boolean urgent,
    @Nullable Template template) {

  /** One without a template of its own. */
  public ShortMessage(
      String id,
      String to,
      String title,
      String text,
      List<Button> buttons,
      Map<String, String> look,
      @Nullable Instant useUntil,
      boolean urgent) {
    this(id, to, title, text, buttons, look, useUntil, urgent, null);
  }

  /** One that waits for its person as long as the channel likes. */
  public ShortMessage(
      String id,
      String to,
      String title,
      String text,
      List<Button> buttons,
      Map<String, String> look) {
    this(id, to, title, text, buttons, look, null, false);
  }

  /** One that looks as all others. */
  public ShortMessage(String id, String to, String title, String text, List<Button> buttons) {
    this(id, to, title, text, buttons, Map.of());
  }

  /** A link with words. */
  public record Button(String label, String url) {}

  /**
   * Words that a messenger has approved, with gaps.
   *
   * @param id as the provider names it
   * @param values what stands in the gaps, by their names
   */
  public record Template(String id, SortedMap<String, String> values) {}
}
