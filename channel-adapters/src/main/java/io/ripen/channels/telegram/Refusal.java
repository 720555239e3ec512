package io.ripen.channels.telegram;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.http.RetryAfter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Telegram answers in place of doing it, and what that means.
 *
 * @param telegrams false where something on the way answered, a proxy for example
 * @param description Telegram's words, free of personal data
 * @param retryAfter in seconds; 0 where Telegram does not say
 * @param migrated whether the chat has another number now
 */
record Refusal(int code, boolean telegrams, String description, long retryAfter, boolean migrated) {

  /** Somebody has to change a setting first. */
  private static final Duration SETTING = Duration.ofMinutes(5);

  private static final Duration BUSY = Duration.ofSeconds(30);

  static Refusal of(int status, JsonNode body) {
    JsonNode parameters = body.path("parameters");
    return new Refusal(
        body.path("error_code").asInt(status),
        true,
        Scrubber.scrub(body.path("description").asString("")),
        Math.max(0, parameters.path("retry_after").asLong(0)),
        parameters.has("migrate_to_chat_id"));
  }

  static Refusal notOfTelegram(int status) {
    return new Refusal(status, false, "", 0, false);
  }

  /**
   * Of a message. An error on Telegram's side, or of something on the way, leaves it unknown
   * whether the message went on; only 503 says that it did not.
   */
  SendResult toMessage() {
    if (code >= 500 && code != 503) {
      return new Uncertain(words());
    }
    if (!telegrams && code != 503) {
      return new Retryable(words(), SETTING, Scope.CHANNEL);
    }
    return switch (code) {
      case 401, 404 -> new Retryable(wrongToken(), SETTING, Scope.CHANNEL);
      case 408, 503 -> new Retryable(words(), BUSY, Scope.CHANNEL);
      case 429 -> new Retryable(words(), wait(BUSY), Scope.CHANNEL);
      default -> new Rejected(migrated ? "the chat has another number now" : words(), cause());
    };
  }

  /** For whoever asked for updates, or set where they go. */
  String toListener() {
    if (!telegrams) {
      return words();
    }
    return switch (code) {
      case 401, 404 -> wrongToken();
      case 409 ->
          description.toLowerCase(Locale.ROOT).contains("webhook is active")
              ? "the bot has a webhook, so that it cannot be asked: delete the webhook, or use it"
              : "another program asks for this bot's messages: stop it, or give it its own bot";
      case 429 -> "%s; it asks to wait %d s".formatted(words(), wait(BUSY).toSeconds());
      default -> words();
    };
  }

  /** What it tells of the person, which is something only where Telegram names the person. */
  private @Nullable Cause cause() {
    String text = description.toLowerCase(Locale.ROOT);
    if (text.contains("bot was blocked by the user")) {
      return Cause.UNWANTED;
    }
    boolean nobody =
        text.contains("user is deactivated")
            || text.contains("chat not found")
            || text.contains("user not found")
            || text.contains("can't send messages to bots");
    return nobody ? Cause.NO_SUCH_ADDRESS : null;
  }

  private Duration wait(Duration otherwise) {
    return retryAfter > 0 ? RetryAfter.ofSeconds(retryAfter) : otherwise;
  }

  private String wrongToken() {
    return "Telegram does not know our bot (%d): is its token right, and not revoked?"
        .formatted(code);
  }

  private String words() {
    if (!telegrams) {
      return ("%d came from something before Telegram, a proxy perhaps: is the address of the Bot"
              + " API right?")
          .formatted(code);
    }
    return description.isEmpty()
        ? "Telegram answered " + code
        : "Telegram answered %d %s".formatted(code, description);
  }
}
