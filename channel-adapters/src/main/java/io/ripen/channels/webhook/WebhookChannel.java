package io.ripen.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import io.ripen.channels.http.HttpSender.Post;
import io.ripen.channels.http.RetryAfter;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells another system of a touch, by ids only, signed as in the Standard Webhooks. The same touch
 * always has the same {@code webhook-id}, by which the other system leaves out what it has already.
 */
public final class WebhookChannel implements Channel<ShortMessage> {

  private static final String HMAC = "HmacSHA256";
  private static final Duration BUSY = Duration.ofSeconds(30);

  /** Somebody has to change a setting first. */
  private static final Duration SETTING = Duration.ofMinutes(5);

  private final WebhookEndpoint endpoint;
  private final Clock clock;
  private final HttpSender http;

  public WebhookChannel(WebhookEndpoint endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.http = new HttpSender(endpoint.connectTimeout());
  }

  @Override
  public String name() {
    return "webhook";
  }

  /** Tells {@code {"type": "touch", "timestamp", "data": {"id", "to"}}}. */
  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    Instant now = clock.instant();
    String json = json(message, now);
    Post post =
        new Post(endpoint.url(), headers(message.id(), now, json), json, endpoint.answerTimeout());
    return switch (http.send(post, BodyHandlers.replacing(""), handOver)) {
      case Outcome.NotSent notSent ->
          new SendResult.Retryable(
              "no connection to %s: %s".formatted(host(), notSent.cause()),
              Duration.ZERO,
              Scope.CHANNEL);
      case Outcome.Lost lost ->
          new SendResult.Uncertain(
              "the answer of %s was lost (%s)".formatted(host(), lost.cause()));
      case Outcome.Answered answered -> result(message, answered);
    };
  }

  /** By the Standard Webhooks, whatever is not a success has not taken it. */
  private SendResult result(ShortMessage message, Outcome.Answered answered) {
    int status = answered.status();
    String words = "%s answered %d".formatted(host(), status);
    if (status >= 200 && status < 300) {
      return new SendResult.Accepted(message.id());
    }
    if (status < 400) {
      return new SendResult.Retryable(
          words + ": is the webhook's address right?", SETTING, Scope.CHANNEL);
    }
    return switch (status) {
      case 410 -> new SendResult.Rejected(words + ": the webhook is gone, remove it");
      case 408, 425, 429 -> new SendResult.Retryable(words, backoff(answered), Scope.CHANNEL);
      default ->
          status < 500
              ? new SendResult.Rejected(words)
              : new SendResult.Retryable(words, backoff(answered), Scope.CHANNEL);
    };
  }

  private Duration backoff(Outcome.Answered answered) {
    return RetryAfter.of(answered.headers(), clock, BUSY);
  }

  private Map<String, String> headers(String id, Instant now, String json) {
    String timestamp = Long.toString(now.getEpochSecond());
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", timestamp,
        "webhook-signature", "v1," + signature(id + "." + timestamp + "." + json));
  }

  private String signature(String signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(endpoint.key(), HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }

  private static String json(ShortMessage message, Instant now) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("type", "touch");
    json.put("timestamp", now.toString());
    json.putObject("data").put("id", message.id()).put("to", message.to());
    return json.toString();
  }

  private String host() {
    return endpoint.url().getHost();
  }
}
