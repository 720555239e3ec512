package io.ripen.channels;

import java.util.List;

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
 */
public record ShortMessage(String id, String to, String title, String text, List<Button> buttons) {

  /** A link with words. */
  public record Button(String label, String url) {}
}
