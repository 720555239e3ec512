package io.ripen.channels.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.interaso.webpush.WebPush;
import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import io.ripen.channels.http.HttpSender.Post;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends notifications by the push service of each browser. What it writes can be read by that
 * browser alone.
 *
 * <p>The hand-over begins when the connection stands, right before the message; whatever breaks
 * before it is {@link SendResult.Retryable}, and whatever breaks after it without an answer is
 * {@link SendResult.Uncertain}. Nothing is repeated and no redirect is followed. One message has
 * one topic, so a push service that gets it twice keeps one of them.
 */
public final class WebPushChannel implements Channel<PushMessage> {

  /** Four weeks: no push service keeps anything longer. */
  private static final Duration LONGEST = Duration.ofDays(28);

  private static final int TOPIC_BYTES = 18;

  private final PushServices services;
  private final WebPush encryption;
  private final HttpSender http;
  private final Duration answerTimeout;
  private final Clock clock;

  /**
   * @param services where messages may go
   * @param connectTimeout how long a connection may take to open
   * @param answerTimeout how long a push service may take to answer; an answer that is missed
   *     leaves the outcome unknown
   */
  public WebPushChannel(
      PushKeys keys,
      PushServices services,
      Duration connectTimeout,
      Duration answerTimeout,
      Clock clock) {
    this.services = services;
    this.encryption = new WebPush(keys.subject(), keys.vapid());
    this.http = new HttpSender(connectTimeout);
    this.answerTimeout = answerTimeout;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public SendResult send(PushMessage message, HandOver handOver) {
    Subscription to = message.to();
    if (services.of(to).isEmpty()) {
      return new Rejected(
          "the browser's push service is none that is allowed (expected: one of ripen.push.services)");
    }
    Optional<byte[]> notification = Notification.of(message);
    if (notification.isEmpty()) {
      return new Rejected(
          "the message's links leave no room for a text (expected: %d bytes at most)"
              .formatted(Notification.LARGEST));
    }
    byte[] body = encryption.getBody(notification.get(), to.key(), to.secret());
    Post post =
        new Post(to.endpoint(), headers(message), BodyPublishers.ofByteArray(body), answerTimeout);
    Answer answer = new Answer(to.host(), clock);
    return switch (http.send(post, BodyHandlers.replacing(""), handOver)) {
      case Outcome.NotSent notSent ->
          new Retryable(
              "no connection to %s: %s".formatted(to.host(), notSent.cause()),
              Duration.ZERO,
              Scope.CHANNEL);
      case Outcome.Lost lost ->
          new Uncertain("the answer of %s was lost (%s)".formatted(to.host(), lost.cause()));
      case Outcome.Answered answered -> answer.to(message, answered);
    };
  }

  private Map<String, String> headers(PushMessage message) {
    long seconds =
        Math.clamp(message.goodFor().toSeconds(), 0, Math.toIntExact(LONGEST.toSeconds()));
    return new HashMap<>(
        encryption.getHeaders(
            message.to().endpoint().toString(),
            Math.toIntExact(seconds),
            topic(message.id()),
            message.urgent() ? WebPush.Urgency.High : WebPush.Urgency.Normal));
  }

  /** At most 32 characters of Base64url, as RFC 8030 wants it. */
  private static String topic(String id) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
