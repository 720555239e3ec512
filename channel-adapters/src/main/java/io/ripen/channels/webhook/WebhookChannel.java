package io.ripen.channels.webhook;

import static java.util.stream.Collectors.joining;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import io.ripen.channels.http.HttpSender.Post;
import io.ripen.channels.http.RetryAfter;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells another system of something, by ids only, signed as in the Standard Webhooks. The same call
 * always has the same {@code webhook-id}, by which the other system leaves out what it has already.
 */
public final class WebhookChannel implements Channel<WebhookCall> {

  private static final Duration BUSY = Duration.ofSeconds(30);

  private final Function<Receiver, List<WebhookSecret>> secrets;
  private final Duration answerTimeout;
  private final Clock clock;
  private final HttpSender http;

  /**
   * @param secrets by which a receiver may know us: more than one while they are changed
   * @param connectTimeout how long a connection may take to open
   * @param answerTimeout how long all of a call may take
   * @param clock the true time, which receivers compare with theirs
   */
  public WebhookChannel(
      Function<Receiver, List<WebhookSecret>> secrets,
      Duration connectTimeout,
      Duration answerTimeout,
      Clock clock) {
    this.secrets = secrets;
    this.answerTimeout = answerTimeout;
    this.clock = clock;
    this.http = new HttpSender(connectTimeout);
  }

  @Override
  public String name() {
    return "webhook";
  }

  /** Tells {@code {"type", "timestamp", "data": {…}}}. */
  @Override
  public SendResult send(WebhookCall call, HandOver handOver) {
    String host = call.receiver().name();
    String json = json(call);
    Post post = new Post(call.url(), headers(call, json), json, answerTimeout);
    return switch (http.send(post, BodyHandlers.replacing(""), handOver)) {
      case Outcome.NotSent notSent ->
          new SendResult.Retryable(
              "no connection to %s: %s".formatted(host, notSent.cause()),
              Duration.ZERO,
              Scope.CHANNEL);
      case Outcome.Lost lost ->
          new SendResult.Uncertain("the answer of %s was lost (%s)".formatted(host, lost.cause()));
      case Outcome.Answered answered -> result(call, answered);
    };
  }

  /** By the Standard Webhooks, whatever is not a success has not taken it. */
  private SendResult result(WebhookCall call, Outcome.Answered answered) {
    int status = answered.status();
    String words = "%s answered %d".formatted(call.receiver().name(), status);
    if (status >= 200 && status < 300) {
      return new SendResult.Accepted(call.id());
    }
    if (status < 400) {
      return new SendResult.Rejected(
          words + ", which leads elsewhere and is not followed: is the address right?");
    }
    return switch (status) {
      // It says of all calls that they come too fast, or of itself that it is away.
      case 429, 503 -> later(words, answered, BUSY, Scope.CHANNEL);
      case 409, 425 -> later(words, answered, Duration.ZERO, Scope.MESSAGE);
      case 408 -> later(words, answered, Duration.ZERO, Scope.CHANNEL);
      case 410 -> new SendResult.Rejected(words + ": the webhook is gone, remove it");
      default ->
          status < 500
              ? new SendResult.Rejected(words)
              // Of one address or of all of that host: if it is of all, many fail.
              : later(words, answered, Duration.ZERO, Scope.CHANNEL);
    };
  }

  private SendResult later(
      String words, Outcome.Answered answered, Duration otherwise, Scope scope) {
    return new SendResult.Retryable(
        words, RetryAfter.of(answered.headers(), clock, otherwise), scope);
  }

  private Map<String, String> headers(WebhookCall call, String json) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String signed = call.id() + "." + timestamp + "." + json;
    return Map.of(
        "webhook-id",
        call.id(),
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        secrets.apply(call.receiver()).stream()
            .map(secret -> secret.signature(signed))
            .collect(joining(" ")));
  }

  private static String json(WebhookCall call) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("type", call.type());
    json.put("timestamp", call.at().toString());
    ObjectNode data = json.putObject("data");
    call.data().forEach(data::put);
    return json.toString();
  }
}
