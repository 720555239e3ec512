package io.ripen.channels.telegram;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Our bot, and how to reach Telegram.
 *
 * @param token as @BotFather gives it; whoever knows it is the bot
 * @param api where the Bot API is: Telegram's own, or a server of yours
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long Telegram may take to answer; an answer that is missed leaves the
 *     outcome unknown, so be generous
 */
public record TelegramBot(String token, URI api, Duration connectTimeout, Duration answerTimeout) {

  private static final URI TELEGRAM = URI.create("https://api.telegram.org");
  private static final Pattern TOKEN = Pattern.compile("[1-9]\\d{0,18}:[A-Za-z0-9_-]{16,128}");

  public TelegramBot {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "the token of the Telegram bot has %d characters that do not look like one (expected: as"
                  .formatted(token.length())
              + " @BotFather gives it, digits, a colon, then letters and digits)");
    }
    if (!("https".equals(api.getScheme()) || "http".equals(api.getScheme()))
        || api.getHost() == null
        || api.getRawUserInfo() != null
        || api.getRawQuery() != null
        || api.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of Telegram's Bot API cannot be used (expected: one such as %s)"
              .formatted(TELEGRAM));
    }
  }

  /** A bot at Telegram's own servers. */
  public TelegramBot(String token) {
    this(token, TELEGRAM, Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** The bot's public number. */
  String id() {
    return token.substring(0, token.indexOf(':'));
  }

  URI url(String method) {
    String base = api.toString();
    return URI.create(
        "%s/bot%s/%s"
            .formatted(
                base.endsWith("/") ? base.substring(0, base.length() - 1) : base, token, method));
  }

  /** Messages are numbered anew for each bot, and in some chats for each chat. */
  String providerId(long chat, long message) {
    return "telegram:%s/%d/%d".formatted(id(), chat, message);
  }

  String updateId(long update) {
    return "telegram:%s/%d".formatted(id(), update);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "TelegramBot[%s, %s]".formatted(id(), api);
  }
}
