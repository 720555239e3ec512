package io.ripen.channels.http;

import io.ripen.channels.Channel.HandOver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Writes each request once, follows nothing, repeats nothing, and tells whether the server could
 * have taken it. Safe for use by many threads.
 */
public final class HttpSender {

  private final Duration connectWithin;
  private volatile HttpClient client;

  /**
   * @param connectWithin how long a connection may take to open
   */
  public HttpSender(Duration connectWithin) {
    this.connectWithin = connectWithin;
    this.client = client(connectWithin);
  }

  private static HttpClient client(Duration connectWithin) {
    return HttpClient.newBuilder()
        // By HTTP/2, one lost connection would leave all requests on it uncertain.
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectWithin)
        .build();
  }

  /** What became of a request. */
  public sealed interface Outcome {
    /** The server answered. */
    record Answered(int status, HttpHeaders headers, String body) implements Outcome {}

    /** The server certainly does not have it. */
    record NotSent(String cause) implements Outcome {}

    /** It was written, perhaps in part, and the answer was lost. */
    record Lost(String cause) implements Outcome {}
  }

  /**
   * A request with a body, which is JSON unless the headers say otherwise.
   *
   * @param within how long all of it may take, from the connection to the answer's last byte
   */
  public record Post(URI url, Map<String, String> headers, BodyPublisher body, Duration within) {

    /** One whose body is text, in UTF-8. */
    public Post(URI url, Map<String, String> headers, String body, Duration within) {
      this(url, headers, BodyPublishers.ofString(body), within);
    }

    /** Leaves out what must not be read in a log: addresses and headers hold secrets. */
    @Override
    public String toString() {
      return "Post[%s]".formatted(url.getHost());
    }
  }

  /**
   * A request for what is there.
   *
   * @param within how long all of it may take, from the connection to the answer's last byte
   */
  public record Get(URI url, Map<String, String> headers, Duration within) {

    /** Leaves out what must not be read in a log: addresses and headers hold secrets. */
    @Override
    public String toString() {
      return "Get[%s]".formatted(url.getHost());
    }
  }

  /**
   * Posts once. The hand-over begins when the connection stands, right before the body's first
   * byte: the server then has the headers at most. When it throws, the connection is closed and the
   * exception leaves this method. A thread that is interrupted stops waiting and stays interrupted.
   */
  public Outcome send(Post post, BodyHandler<String> answer, HandOver handOver) {
    GuardedBody body = new GuardedBody(post.body(), handOver);
    HttpRequest request =
        request(
            HttpRequest.newBuilder(post.url())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(body),
            post.headers(),
            post.within());
    return exchange(request, answer, post.within(), body::giveUp);
  }

  /** Asks for what may be asked again and again; whether it was sent matters to nobody. */
  public Outcome ask(Get get, BodyHandler<String> answer) {
    HttpRequest request =
        request(HttpRequest.newBuilder(get.url()).GET(), get.headers(), get.within());
    return exchange(request, answer, get.within(), () -> false);
  }

  private Outcome exchange(
      HttpRequest request, BodyHandler<String> answer, Duration within, BooleanSupplier giveUp) {
    HttpClient used = client;
    CompletableFuture<HttpResponse<String>> pending = used.sendAsync(request, answer);
    try {
      HttpResponse<String> response = pending.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return new Outcome.Answered(response.statusCode(), response.headers(), response.body());
    } catch (ExecutionException e) {
      return broken(used, giveUp, Causes.of(e));
    } catch (TimeoutException e) {
      pending.cancel(true);
      return broken(used, giveUp, "no answer in time");
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      return broken(used, giveUp, "this thread was stopped");
    }
  }

  private Outcome broken(HttpClient used, BooleanSupplier giveUp, String cause) {
    if (!giveUp.getAsBoolean()) {
      return new Outcome.NotSent(cause);
    }
    forgetIdle(used);
    return new Outcome.Lost(cause);
  }

  /**
   * When one connection is dead, the others that are kept most likely are, and the client cannot
   * drop them: so a new one takes its place. What is under way on the old one ends there; whoever
   * comes to it a moment too late has sent nothing.
   */
  private synchronized void forgetIdle(HttpClient used) {
    if (used.equals(client)) {
      client = client(connectWithin);
      used.shutdown();
    }
  }

  private static HttpRequest request(
      HttpRequest.Builder request, Map<String, String> headers, Duration within) {
    request.timeout(within).header("User-Agent", "Ripen");
    headers.forEach(request::setHeader);
    return request.build();
  }
}
