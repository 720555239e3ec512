package io.ripen.engine.providers;

import io.ripen.channels.telegram.TelegramBot;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Telegram bot. Its name for links is {@code ripen.telegram.bot}.
 *
 * @param token what BotFather told; a secret
 * @param secret if Telegram is to call {@code /hooks/channels/telegram} under the public URL: 16 to
 *     256 letters, digits, hyphens and underscores; without it we ask Telegram
 * @param messagesPerSecond what this process may send at most; Telegram bears some 30 of one bot
 * @param api where Telegram is
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long an answer may take
 */
@ConfigurationProperties("ripen.telegram")
record TelegramProperties(
    @Nullable String token,
    @Nullable String secret,
    @DefaultValue("25") int messagesPerSecond,
    @DefaultValue("https://api.telegram.org") URI api,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration answerTimeout) {

  TelegramBot bot() {
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException(
          "ripen.telegram.token is empty (expected: what BotFather told, or no such setting)");
    }
    return new TelegramBot(token.strip(), api, connectTimeout, answerTimeout);
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "TelegramProperties[api=%s]".formatted(api);
  }
}
