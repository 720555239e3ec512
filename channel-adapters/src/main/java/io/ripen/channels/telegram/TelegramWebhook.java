package io.ripen.channels.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Listener.Unavailable;
import io.ripen.channels.Webhook;
import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hears from Telegram by HTTP. A bot has a webhook or is asked by {@link TelegramListener}. */
public final class TelegramWebhook implements Webhook {

  private static final String HEADER = "X-Telegram-Bot-Api-Secret-Token";
  private static final int LARGEST = 256 * 1024;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,256}");

  private final TelegramBot bot;
  private final BotApi api;
  private final Updates updates;
  private final String secret;

  /**
   * @param secret 16 to 256 characters of A-Z, a-z, 0-9, _ and - by which we know Telegram, the
   *     same in all processes
   */
  public TelegramWebhook(TelegramBot bot, String secret) {
    if (!SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "the secret of Telegram's webhook has %d characters (expected: 16 to 256 of A-Z, a-z, 0-9,"
                  .formatted(secret.length())
              + " _ and -)");
    }
    this.bot = bot;
    this.api = new BotApi(bot);
    this.updates = new Updates(bot);
    this.secret = secret;
  }

  @Override
  public String name() {
    return "telegram";
  }

  /**
   * Tells Telegram where to call us. Doing it again, from any process, changes nothing.
   *
   * @param url where requests reach {@link #receive}, by https
   */
  public void register(URI url) throws Unavailable, InterruptedException {
    ObjectNode arguments = BotApi.arguments();
    arguments.put("url", url.toString());
    arguments.put("secret_token", secret);
    arguments.set("allowed_updates", BotApi.kindsOfUpdates());
    api.ask("setWebhook", arguments, bot.answerTimeout());
  }

  @Override
  public Answer receive(Request request) {
    if (!request.header(HEADER).map(this::isSecret).orElse(false)) {
      return new Answer.Refused(403, "the request does not have our secret, so not from Telegram");
    }
    if (!request.method().equals("POST")) {
      return new Answer.Refused(405, "Telegram tells of updates by POST");
    }
    if (request.body().length() > LARGEST || request.body().getBytes(UTF_8).length > LARGEST) {
      return new Answer.Refused(413, "the update is larger than 256 KB");
    }
    Optional<JsonNode> update = BotApi.json(request.body()).filter(JsonNode::isObject);
    return update.isPresent()
        ? new Answer.Taken(updates.read(List.of(update.get())))
        : new Answer.Refused(400, "the update is not a JSON object");
  }

  private boolean isSecret(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), secret.getBytes(UTF_8));
  }
}
