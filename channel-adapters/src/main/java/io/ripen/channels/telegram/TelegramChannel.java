package io.ripen.channels.telegram;

import io.ripen.channels.Channel;
import io.ripen.channels.Inbound;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Sends messages by a Telegram bot to people who have started it. An address is {@code telegram:}
 * and the number of the person's chat, as {@link TelegramWebhook} and {@link TelegramListener} tell
 * it.
 *
 * <p>The hand-over begins when the connection stands, right before the message; whatever breaks
 * before it is {@link SendResult.Retryable}, and whatever breaks after it without an answer is
 * {@link SendResult.Uncertain}. Nothing is repeated.
 */
public final class TelegramChannel implements Channel<ShortMessage> {

  private final TelegramBot bot;
  private final BotApi api;

  public TelegramChannel(TelegramBot bot) {
    this.bot = bot;
    this.api = new BotApi(bot);
  }

  @Override
  public String name() {
    return "telegram";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    OptionalLong chat = Contact.chat(message.to());
    if (chat.isEmpty()) {
      return new SendResult.Rejected(
          "the contact is not a person's in Telegram (expected: telegram: and the chat's number)",
          Inbound.Cause.NO_SUCH_ADDRESS);
    }
    MessageText text = MessageText.of(message);
    Optional<String> problem = text.problem();
    return problem.isPresent()
        ? new SendResult.Rejected(problem.get())
        : send(text, chat.getAsLong(), handOver);
  }

  private SendResult send(MessageText text, long chat, HandOver handOver) {
    BotApi.Answer answer =
        api.call("sendMessage", text.arguments(chat), bot.answerTimeout(), handOver);
    return switch (answer) {
      case BotApi.Answer.Done done -> accepted(done.result(), chat);
      case BotApi.Answer.Refused refused -> refused.refusal().toMessage();
      case BotApi.Answer.NotSent notSent ->
          new SendResult.Retryable(
              "no connection to Telegram: " + notSent.cause(),
              Duration.ZERO,
              SendResult.Scope.CHANNEL);
      case BotApi.Answer.Lost lost ->
          new SendResult.Uncertain(
              "Telegram's answer to the message was lost (%s)".formatted(lost.cause()));
    };
  }

  private SendResult accepted(JsonNode sent, long chat) {
    long id = sent.path("message_id").asLong(0);
    return id > 0
        ? new SendResult.Accepted(bot.providerId(chat, id))
        : new SendResult.Uncertain("Telegram's answer has no number of the message");
  }
}
