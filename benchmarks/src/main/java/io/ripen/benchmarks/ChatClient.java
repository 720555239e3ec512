package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The windows of visitors and the person who answers them, as a program of their own. It is told
 * what to do line by line, and answers each with a line.
 */
final class ChatClient {

  private static final int OPENING_AT_ONCE = 32;
  private static final Duration OPEN_WITHIN = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ANSWER = Pattern.compile("answer-\\d+-");
  private static final double MILLI = 1e6;

  private final int port;
  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final Map<String, CompletableFuture<Long>> answers = new ConcurrentHashMap<>();
  private int open;

  private ChatClient(int port) {
    this.port = port;
    this.base = "http://127.0.0.1:" + port;
  }

  /**
   * Takes {@code open N} (windows more) and {@code talk RATE SECONDS VISITORS}; ends with its
   * standard input.
   *
   * @param arguments the engine's port
   */
  public static void main(String... arguments) throws Exception {
    ChatClient client = new ChatClient(Integer.parseInt(arguments[0]));
    client.introduce();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 0);
      int number = Integer.parseInt(words[1]);
      switch (words[0]) {
        case "open" -> client.open(number);
        case "talk" -> client.talk(number, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        default -> throw new Failure(line + " (expected: open or talk)");
      }
    }
    System.exit(0);
  }

  /** The browser's id of the visitor of this number. */
  static String browser(int visitor) {
    return "00000000-0000-7000-b000-%012x".formatted(visitor);
  }

  /** As whom all answers are given. */
  private void introduce() throws IOException, InterruptedException {
    expect(303, form("/sales/me", "name=Benchmark&team=sales&takesLeads=false&then=/sales/chats"));
  }

  private void open(int count) throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(count);
    Semaphore turns = new Semaphore(OPENING_AT_ONCE);
    for (int i = 0; i < count; i++) {
      int visitor = open++;
      turns.acquire();
      Thread.ofVirtual()
          .start(
              () ->
                  listen(
                      visitor,
                      () -> {
                        turns.release();
                        opened.countDown();
                      }));
    }
    if (!opened.await(OPEN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new Failure(
          "%d of %d windows are not open after %s"
              .formatted(opened.getCount(), count, OPEN_WITHIN));
    }
    System.out.println("open " + open);
  }

  private void listen(int visitor, Runnable isOpen) {
    boolean told = false;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/onsite?writeKey=%s&anonymousId=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                  .formatted(Deployment.WRITE_KEY, browser(visitor), port)
                  .getBytes(UTF_8));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 512);
      String status = in.readLine();
      if (status == null || !status.contains(" 200")) {
        throw new Failure("a window was answered " + status + " (expected: 200)");
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!told && line.startsWith("event:beat")) {
          told = true;
          isOpen.run();
        }
        Matcher answer = ANSWER.matcher(line);
        if (answer.find()) {
          heard(answer.group());
        }
      }
      throw new Failure("the engine closed a window");
    } catch (IOException | Failure e) {
      Report.complain("a window: " + e);
      System.exit(1);
    }
  }

  private void heard(String answer) {
    CompletableFuture<Long> waiting = answers.remove(answer);
    if (waiting != null) {
      waiting.complete(System.nanoTime());
    }
  }

  private void talk(int rate, int seconds, int visitors) throws Exception {
    Collection<Double> toConsole = new ConcurrentLinkedQueue<>();
    Collection<Double> toVisitor = new ConcurrentLinkedQueue<>();
    int count = rate * seconds;
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        long due = start + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        all.add(
            threads.submit(
                () -> {
                  long read = ask(number % visitors, number);
                  toConsole.add((read - due) / MILLI);
                  toVisitor.add((answer(number % visitors, number) - read) / MILLI);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    System.out.println(line(new Percentiles(toConsole)) + " " + line(new Percentiles(toVisitor)));
  }

  private static String line(Percentiles millis) {
    return millis.at(50) + " " + millis.at(99) + " " + millis.max();
  }

  /** A visitor writes a line; tells when a look at the console has shown it. */
  private long ask(int visitor, int number) throws IOException, InterruptedException {
    String text = "question-%d-".formatted(number);
    expect(
        200,
        send(
            "/v1/onsite/chat",
            "application/json",
            """
            {"writeKey":"%s","anonymousId":"%s","id":"%s","text":"%s"}"""
                .formatted(Deployment.WRITE_KEY, browser(visitor), UUID.randomUUID(), text)));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest look = HttpRequest.newBuilder(URI.create(base + chat(visitor) + "/lines")).build();
    while (!http.send(look, BodyHandlers.ofString()).body().contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new Failure("the console has not shown a line for " + PATIENCE);
      }
    }
    return System.nanoTime();
  }

  /** The person answers; tells when the visitor's window has it. */
  private long answer(int visitor, int number) throws Exception {
    String text = "answer-%d-".formatted(number);
    CompletableFuture<Long> heard = new CompletableFuture<>();
    answers.put(text, heard);
    expect(303, form(chat(visitor), "text=%s&id=%s".formatted(text, UUID.randomUUID())));
    return heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static String chat(int visitor) {
    return "/sales/chats/" + browser(visitor);
  }

  private HttpResponse<String> form(String path, String body)
      throws IOException, InterruptedException {
    return send(path, "application/x-www-form-urlencoded", body);
  }

  private HttpResponse<String> send(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static void expect(int status, HttpResponse<String> answer) {
    boolean isRedirect = status == 303 && answer.statusCode() == 302;
    if (answer.statusCode() != status && !isRedirect) {
      throw new Failure(
          "%s was answered %d (expected: %d): %s"
              .formatted(answer.uri().getPath(), answer.statusCode(), status, answer.body()));
    }
  }
}
