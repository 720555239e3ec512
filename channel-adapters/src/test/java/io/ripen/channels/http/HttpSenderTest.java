package io.ripen.channels.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ripen.channels.Channel.HandOver;
import io.ripen.channels.http.HttpSender.Get;
import io.ripen.channels.http.HttpSender.Outcome;
import io.ripen.channels.http.HttpSender.Outcome.Answered;
import io.ripen.channels.http.HttpSender.Outcome.Lost;
import io.ripen.channels.http.HttpSender.Outcome.NotSent;
import io.ripen.channels.http.HttpSender.Post;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the server can have a request that broke, with a bare socket as the server. */
class HttpSenderTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final HttpSender http = new HttpSender(Duration.ofSeconds(5));
  private final ServerSocket server = listening();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Outcome send(Duration within, HandOver handOver) {
    URI url = URI.create("http://127.0.0.1:%d/".formatted(server.getLocalPort()));
    return http.send(
        new Post(url, Map.of(), "{\"a\":1}", within), BodyHandlers.ofString(), handOver);
  }

  private Outcome send() {
    return send(Duration.ofSeconds(10), begun::incrementAndGet);
  }

  @Test
  void a_server_that_hangs_up_at_once_may_have_seen_something() {
    serve(
        socket -> {
          socket.setSoLinger(true, 0);
          socket.close();
        });

    Outcome outcome = send();

    // Whether the first byte was written by then is up to the network.
    assertThat(begun.get()).as("nothing is repeated").isLessThanOrEqualTo(1);
    assertThat(outcome).isInstanceOf(begun.get() == 1 ? Lost.class : NotSent.class);
  }

  @Test
  void a_server_that_hangs_up_after_the_request_has_perhaps_taken_it() {
    serve(
        socket -> {
          read(socket);
          socket.setSoLinger(true, 0);
          socket.close();
        });

    assertThat(send()).isInstanceOf(Lost.class);
    assertThat(begun).hasValue(1);
    assertThat(connections).as("nothing is repeated").hasValue(1);
  }

  @Test
  void an_answer_that_drips_is_given_up_in_time() {
    serve(
        socket -> {
          read(socket);
          socket.getOutputStream().write(OK.substring(0, OK.length() - 1).getBytes(UTF_8));
          socket.getInputStream().read();
        });

    assertThat(send(Duration.ofSeconds(4), begun::incrementAndGet))
        .isEqualTo(new Lost("no answer in time"));
  }

  @Test
  void a_hand_over_that_lasts_too_long_is_waited_for_and_settles_it() {
    serve(this::answer);
    Outcome late =
        send(
            Duration.ofSeconds(3),
            () -> {
              begun.incrementAndGet();
              pass(Duration.ofSeconds(4));
            });

    assertThat(late).isEqualTo(new Lost("no answer in time"));
    assertThat(begun).hasValue(1);
    assertThatThrownBy(
            () ->
                send(
                    Duration.ofSeconds(3),
                    () -> {
                      pass(Duration.ofSeconds(4));
                      throw new IllegalStateException("the claim is lost");
                    }))
        .hasMessage("the claim is lost");
  }

  @Test
  void a_hand_over_that_fails_takes_the_request_back() {
    serve(this::answer);
    assertThatThrownBy(
            () ->
                send(
                    Duration.ofSeconds(10),
                    () -> {
                      throw new AssertionError("a bug");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("a bug");
    assertThat(requests).hasValue(0);

    assertThat(send()).isInstanceOf(Answered.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void the_server_has_no_whole_request_before_the_hand_over() {
    serve(this::answer);
    Outcome outcome =
        send(
            Duration.ofSeconds(10),
            () -> {
              pass(Duration.ofMillis(300));
              assertThat(requests).hasValue(0);
            });

    assertThat(outcome).isInstanceOf(Answered.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void who_is_interrupted_does_not_wait_and_stays_interrupted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    serve(
        socket -> {
          read(socket);
          asked.countDown();
          socket.getInputStream().read();
        });
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  outcome.set(send(Duration.ofMinutes(1), begun::incrementAndGet));
                  interrupted.set(Thread.interrupted());
                });
    asked.await();
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();

    assertThat(outcome.get()).isEqualTo(new Lost("this thread was stopped"));
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void connections_are_used_again() {
    serve(this::answer);
    send();
    assertThat(send()).isInstanceOf(Answered.class);

    assertThat(connections).hasValue(1);
  }

  @Test
  void a_body_is_json_unless_the_headers_say_otherwise() {
    URI url = URI.create("http://127.0.0.1:%d/".formatted(server.getLocalPort()));
    AtomicReference<String> head = new AtomicReference<>("");
    serve(
        socket -> {
          byte[] buffer = new byte[8192];
          while (head.get().indexOf("}") < 0) {
            int n = socket.getInputStream().read(buffer);
            head.updateAndGet(h -> h + new String(buffer, 0, Math.max(0, n), UTF_8));
          }
          socket.getOutputStream().write(OK.getBytes(UTF_8));
        });

    http.send(
        new Post(url, Map.of("Content-Type", "text/x-form"), "a=1}", Duration.ofSeconds(10)),
        BodyHandlers.ofString(),
        () -> {});

    assertThat(head.get()).containsOnlyOnce("Content-Type: text/x-form");
    assertThat(head.get()).doesNotContain("json");
  }

  @Test
  void what_is_there_can_be_asked_for() throws IOException {
    Get get = get(server.getLocalPort());
    serve(
        socket -> {
          socket.getInputStream().read(new byte[8192]);
          socket.getOutputStream().write(OK.getBytes(UTF_8));
        });

    assertThat(http.ask(get, BodyHandlers.ofString()))
        .isInstanceOfSatisfying(Answered.class, a -> assertThat(a.body()).isEqualTo("ok"));
    assertThat(get.toString()).isEqualTo("Get[127.0.0.1]");
    assertThat(http.ask(get(nobodyListens()), BodyHandlers.ofString()))
        .isEqualTo(new NotSent("connection refused"));
  }

  private static Get get(int port) {
    URI url = URI.create("http://127.0.0.1:%d/?key=hidden".formatted(port));
    return new Get(url, Map.of("Authorization", "hidden"), Duration.ofSeconds(10));
  }

  /** A port that was free a moment ago: a server that is just being closed may still take one. */
  private static int nobodyListens() throws IOException {
    try (ServerSocket closed = listening()) {
      return closed.getLocalPort();
    }
  }

  private void answer(Socket socket) throws IOException {
    while (read(socket)) {
      socket.getOutputStream().write(OK.getBytes(UTF_8));
    }
  }

  /** Reads until a body has come. */
  private boolean read(Socket socket) throws IOException {
    StringBuilder request = new StringBuilder();
    byte[] buffer = new byte[8192];
    while (request.indexOf("}") < 0) {
      int n = socket.getInputStream().read(buffer);
      if (n < 0) {
        return false;
      }
      request.append(new String(buffer, 0, n, UTF_8));
    }
    requests.incrementAndGet();
    return true;
  }

  private void serve(Conversation conversation) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  connections.incrementAndGet();
                  Thread.ofVirtual().start(() -> talk(conversation, socket));
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private static void talk(Conversation conversation, Socket socket) {
    try (socket) {
      conversation.with(socket);
    } catch (IOException e) {
      // The client hung up.
    }
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await().pollInterval(Duration.ofMillis(50)).until(() -> System.nanoTime() > end);
  }

  private static ServerSocket listening() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no port is free", e);
    }
  }

  private interface Conversation {
    void with(Socket socket) throws IOException;
  }
}
