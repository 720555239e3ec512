package io.ripen.channels.telegram;

import java.util.regex.Pattern;

/** Links that open a chat with the bot, and tell us who followed them. */
public final class TelegramLink {

  private static final Pattern BOT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,31}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private TelegramLink() {}

  /**
   * The link of one lead. Who presses Start there comes in as {@link
   * io.ripen.channels.Inbound.Opened} with the token.
   *
   * @param bot the bot's name, with or without the {@code @}
   * @param token 1 to 64 characters of A-Z, a-z, 0-9, _ and -
   */
  public static String start(String bot, String token) {
    String name = bot.startsWith("@") ? bot.substring(1) : bot;
    if (!BOT.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the Telegram bot's name: \"%s\" (expected: as @BotFather tells it, such as ripen_bot)"
              .formatted(bot));
    }
    if (!isToken(token)) {
      throw new IllegalArgumentException(
          "a token of %d characters (expected: 1 to 64 of A-Z, a-z, 0-9, _ and -)"
              .formatted(token.length()));
    }
    return "https://t.me/%s?start=%s".formatted(name, token);
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }
}
