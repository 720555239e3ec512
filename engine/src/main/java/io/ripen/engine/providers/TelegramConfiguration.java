package io.ripen.engine.providers;

import io.ripen.channels.Listener;
import io.ripen.channels.guarded.Limits;
import io.ripen.channels.telegram.TelegramBot;
import io.ripen.channels.telegram.TelegramChannel;
import io.ripen.channels.telegram.TelegramListener;
import io.ripen.channels.telegram.TelegramWebhook;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.loops.Loop;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Telegram, as the properties say. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ripen.telegram.token")
@EnableConfigurationProperties(TelegramProperties.class)
class TelegramConfiguration {

  private static final String CALLED = "!'${ripen.telegram.secret:}'.isBlank()";

  /** Telegram is told again, as another program may have told it otherwise. */
  private static final Duration TELL_AGAIN = Duration.ofMinutes(5);

  @Bean
  TelegramBot telegramBot(TelegramProperties properties) {
    return properties.bot();
  }

  @Bean
  @Profile("workers")
  Messenger telegram(TelegramBot bot, TelegramProperties properties, Guards guards) {
    return new Messenger(
        "telegram",
        guards.guard(new TelegramChannel(bot), Limits.perSecond(properties.messagesPerSecond())));
  }

  @Bean
  @Profile("engine")
  @ConditionalOnExpression("!(" + CALLED + ")")
  Listener telegramListener(TelegramBot bot) {
    return new PolledTelegram(new TelegramListener(bot));
  }

  @Bean
  @Profile("engine")
  @ConditionalOnExpression(CALLED)
  TelegramWebhook telegramWebhook(TelegramBot bot, TelegramProperties properties) {
    return new TelegramWebhook(bot, Objects.requireNonNull(properties.secret()));
  }

  @Bean
  @Profile("engine")
  @ConditionalOnExpression(CALLED)
  Loop telegramRegistration(TelegramWebhook webhook, RipenProperties ripen) {
    URI url =
        URI.create(
            String.valueOf(ripen.publicUrl()).replaceFirst("/+$", "")
                + "/hooks/channels/"
                + webhook.name());
    return new Loop(
        "Telegram's way to us",
        TELL_AGAIN,
        () -> {
          try {
            webhook.register(url);
            return false;
          } catch (Listener.Unavailable e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }
}
