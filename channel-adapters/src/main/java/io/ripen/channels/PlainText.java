package io.ripen.channels;

/** A message where there is nothing but text. */
public final class PlainText {

  private PlainText() {}

  /** The text, and below it a line for each button: its words and its link. */
  public static String of(ShortMessage message) {
    StringBuilder text = new StringBuilder(message.text().strip());
    for (ShortMessage.Button button : message.buttons()) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      if (!button.label().isBlank()) {
        text.append(button.label().strip()).append(": ");
      }
      text.append(button.url());
    }
    return text.toString();
  }
}
