package io.ripen.channels.telegram;

import io.ripen.channels.Inbound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads Telegram's updates, however they come. Takes the few fields that it needs, so that what it
 * does not know does no harm.
 */
final class Updates {

  private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

  /** Some 34,000 years from now; what is later does not fit into an instant. */
  private static final long NEVER = 1L << 40;

  private static final String MESSENGER = "messenger";
  private static final Pattern COMMAND =
      Pattern.compile(
          "/(start|stop)(?:@\\w+)?(?:\\s+(.*))?", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  /** What a person may send in place of words. */
  private static final List<String> WORDLESS =
      List.of(
          "animation",
          "audio",
          "contact",
          "dice",
          "document",
          "location",
          "paid_media",
          "photo",
          "poll",
          "sticker",
          "story",
          "venue",
          "video",
          "video_note",
          "voice");

  private final TelegramBot bot;

  Updates(TelegramBot bot) {
    this.bot = bot;
  }

  List<Inbound> read(Iterable<JsonNode> updates) {
    List<Inbound> inbound = new ArrayList<>();
    for (JsonNode update : updates) {
      read(update).ifPresent(inbound::add);
    }
    return inbound;
  }

  Optional<Inbound> read(JsonNode update) {
    long id = update.path("update_id").asLong(-1);
    if (id < 0) {
      return leftOut(id, "it has no number");
    }
    if (update.has("message")) {
      return message(id, update.path("message"));
    }
    if (update.has("my_chat_member")) {
      return membership(id, update.path("my_chat_member"));
    }
    return leftOut(id, "it is of another kind");
  }

  private Optional<Inbound> message(long id, JsonNode message) {
    String why = unusable(message);
    if (why != null) {
      return leftOut(id, why);
    }
    String text = words(message);
    if (text.isEmpty()) {
      return leftOut(id, "nobody said anything by it");
    }
    return Optional.of(said(new Told(id, message), text));
  }

  private Inbound said(Told told, String text) {
    Matcher command = COMMAND.matcher(text.strip());
    if (!command.matches()) {
      return new Inbound.Said(
          told.inboundId(), told.at(), MESSENGER, told.from(), text, told.answerTo());
    }
    if (command.group(1).equalsIgnoreCase("stop")) {
      return new Inbound.OptedOut(told.inboundId(), told.at(), MESSENGER, told.from(), text);
    }
    String payload = command.group(2);
    String token = payload != null && TelegramLink.isToken(payload) ? payload : null;
    return new Inbound.Opened(told.inboundId(), told.at(), MESSENGER, told.from(), token);
  }

  private Optional<Inbound> membership(long id, JsonNode change) {
    String why = unusable(change);
    if (why != null) {
      return leftOut(id, why);
    }
    Told told = new Told(id, change);
    return switch (change.path("new_chat_member").path("status").asString("")) {
      case "kicked" ->
          Optional.of(
              new Inbound.OptedOut(
                  told.inboundId(), told.at(), MESSENGER, told.from(), "blocked the bot"));
      case "member" ->
          Optional.of(
              new Inbound.OptedIn(
                  told.inboundId(), told.at(), MESSENGER, told.from(), "unblocked the bot"));
      default -> leftOut(id, "the bot is neither blocked nor unblocked");
    };
  }

  /** Why nothing can be made of it, or null. */
  private static @Nullable String unusable(JsonNode event) {
    JsonNode chat = event.path("chat");
    if (!chat.path("type").asString("").equals("private") || chat.path("id").asLong(0) <= 0) {
      return "it is not of a chat with one person";
    }
    if (event.path("from").path("is_bot").asBoolean(false)) {
      return "it is from a bot";
    }
    long date = event.path("date").asLong(0);
    return date > 0 && date < NEVER ? null : "it has no time";
  }

  private static String words(JsonNode message) {
    String text = message.path("text").asString(message.path("caption").asString(""));
    if (!text.isBlank()) {
      return text;
    }
    return WORDLESS.stream()
        .filter(message::has)
        .findFirst()
        .map(kind -> "(" + kind.replace('_', ' ') + ")")
        .orElse("");
  }

  private static Optional<Inbound> leftOut(long id, String why) {
    LOG.debug("Telegram's update {} is left out: {}", id, why);
    return Optional.empty();
  }

  /** What all updates that we use have in common. */
  private final class Told {
    private final long id;
    private final JsonNode event;

    Told(long id, JsonNode event) {
      this.id = id;
      this.event = event;
    }

    String inboundId() {
      return bot.updateId(id);
    }

    Instant at() {
      return Instant.ofEpochSecond(event.path("date").asLong(0));
    }

    String from() {
      return Contact.of(chat());
    }

    /** Only where the answered message is ours. */
    @Nullable String answerTo() {
      JsonNode answered = event.path("reply_to_message");
      boolean ours = answered.path("from").path("id").asString("").equals(bot.id());
      return ours ? bot.providerId(chat(), answered.path("message_id").asLong(0)) : null;
    }

    private long chat() {
      return event.path("chat").path("id").asLong(0);
    }
  }
}
