package io.ripen.channels.telegram;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks Telegram for what people did, where Telegram cannot call us. For a bot that has no webhook.
 */
public final class TelegramListener implements Listener {

  private static final Duration LONG_POLL = Duration.ofSeconds(50);
  private static final long NONE = -1;

  private final TelegramBot bot;
  private final BotApi api;
  private final Updates updates;

  /** The first update that is not kept yet. */
  private volatile long next = NONE;

  public TelegramListener(TelegramBot bot) {
    this.bot = bot;
    this.api = new BotApi(bot);
    this.updates = new Updates(bot);
  }

  @Override
  public String name() {
    return "telegram";
  }

  /**
   * Makes Telegram stop calling a webhook, so that it can be asked. What waits there stays. Doing
   * it again, from any process, changes nothing.
   */
  public void deleteWebhook() throws Unavailable, InterruptedException {
    api.ask("deleteWebhook", BotApi.arguments(), bot.answerTimeout());
  }

  @Override
  public void listen(Sink sink) throws Unavailable, InterruptedException {
    ObjectNode arguments = BotApi.arguments();
    arguments.put("timeout", LONG_POLL.toSeconds());
    arguments.set("allowed_updates", BotApi.kindsOfUpdates());
    if (next != NONE) {
      arguments.put("offset", next);
    }
    JsonNode told = api.ask("getUpdates", arguments, LONG_POLL.plus(bot.answerTimeout()));
    List<Inbound> inbound = updates.read(told.values());
    long after = after(told);
    if (!inbound.isEmpty()) {
      sink.keep(inbound);
    }
    sink.heardAll();
    next = after;
  }

  /**
   * The first number after all of these. After a week of silence Telegram may count on from
   * anywhere; so when there is nothing, and all before is confirmed, we ask for the oldest that
   * there is.
   */
  private static long after(JsonNode told) throws Unavailable {
    if (!told.isArray()) {
      throw new Unavailable("what Telegram answered is not a list of updates");
    }
    if (told.isEmpty()) {
      return NONE;
    }
    long last =
        told.values().stream().mapToLong(u -> u.path("update_id").asLong(NONE)).max().orElse(NONE);
    if (last == NONE) {
      throw new Unavailable("Telegram's updates have no numbers");
    }
    return last + 1;
  }
}
