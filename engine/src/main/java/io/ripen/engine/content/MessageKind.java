package io.ripen.engine.content;

/** What a message is written for. */
public enum MessageKind {
  /** {@code NAME.LOCALE.mjml} and {@code .txt}. */
  EMAIL,
  /** {@code NAME.LOCALE.short.txt}: text messages, messengers, chat, popups and push. */
  SHORT
}
