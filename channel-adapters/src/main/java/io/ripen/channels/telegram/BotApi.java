package io.ripen.channels.telegram;

import io.ripen.channels.Channel.HandOver;
import io.ripen.channels.Listener.Unavailable;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import io.ripen.channels.http.HttpSender.Post;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Telegram's Bot API: one method, one request. The bot's token stays in here. */
final class BotApi {

  private final TelegramBot bot;
  private final HttpSender http;

  BotApi(TelegramBot bot) {
    this.bot = bot;
    this.http = new HttpSender(bot.connectTimeout());
  }

  /** What Telegram said. */
  sealed interface Answer {
    /** It is done. */
    record Done(JsonNode result) implements Answer {}

    /** It is not done. */
    record Refused(Refusal refusal) implements Answer {}

    /** Nothing was written. */
    record NotSent(String cause) implements Answer {}

    /** Nobody can know. */
    record Lost(String cause) implements Answer {}
  }

  Answer call(String method, ObjectNode arguments, Duration within, HandOver handOver) {
    Post post = new Post(bot.url(method), Map.of(), arguments.toString(), within);
    return switch (http.send(post, BodyHandlers.ofString(StandardCharsets.UTF_8), handOver)) {
      case Outcome.NotSent notSent -> new Answer.NotSent(notSent.cause());
      case Outcome.Lost lost -> new Answer.Lost(lost.cause());
      case Outcome.Answered answered -> read(answered);
    };
  }

  /** Asks for what may be asked again and again. */
  JsonNode ask(String method, ObjectNode arguments, Duration within)
      throws Unavailable, InterruptedException {
    Answer answer = call(method, arguments, within, () -> {});
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped while asking Telegram");
    }
    return switch (answer) {
      case Answer.Done done -> done.result();
      case Answer.Refused refused -> throw new Unavailable(refused.refusal().toListener());
      case Answer.NotSent notSent ->
          throw new Unavailable("no connection to Telegram: " + notSent.cause());
      case Answer.Lost lost -> throw new Unavailable("Telegram's answer was lost: " + lost.cause());
    };
  }

  static ObjectNode arguments() {
    return JsonMapper.shared().createObjectNode();
  }

  /** The kinds of updates that we read, all others need not come. */
  static ArrayNode kindsOfUpdates() {
    return JsonMapper.shared().createArrayNode().add("message").add("my_chat_member");
  }

  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JsonMapper.shared().readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Answer read(Outcome.Answered answered) {
    int status = answered.status();
    Optional<JsonNode> body = json(answered.body()).filter(b -> b.path("ok").isBoolean());
    if (body.isEmpty()) {
      return status >= 200 && status < 300
          ? new Answer.Lost("what Telegram answered cannot be read")
          : new Answer.Refused(Refusal.notOfTelegram(status));
    }
    return body.get().path("ok").asBoolean(false)
        ? new Answer.Done(body.get().path("result"))
        : new Answer.Refused(Refusal.of(status, body.get()));
  }
}
