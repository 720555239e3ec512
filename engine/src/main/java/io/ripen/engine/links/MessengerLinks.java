package io.ripen.engine.links;

import io.ripen.channels.telegram.TelegramLink;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Links into messengers that tell us whose the contact is that comes by them. */
@Component
public final class MessengerLinks {

  private final SignedLinks links;
  private final String bot;

  MessengerLinks(SignedLinks links, @Value("${ripen.telegram.bot:}") String bot) {
    this.links = links;
    this.bot = bot.strip();
    if (!this.bot.isEmpty()) {
      // What is no name of a bot is told at the start, not with each message.
      String unused = TelegramLink.start(this.bot, "check");
    }
  }

  /** Where the lead opens Telegram to us; null where no bot is set up. */
  public @Nullable String telegram(UUID leadId) {
    return bot.isEmpty() ? null : TelegramLink.start(bot, links.contact(leadId));
  }
}
