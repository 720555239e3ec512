package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The {@link SinkProgram} that runs beside us; ends with us. */
final class Sink implements AutoCloseable {

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int smtpPort;
  private final int httpPort;

  private Sink(Process process, int smtpPort, int httpPort) {
    this.process = process;
    this.smtpPort = smtpPort;
    this.httpPort = httpPort;
  }

  /** Starts it; what it complains of goes to a log in this folder. */
  static Sink start(Path logs) throws IOException {
    Process process =
        new ProcessBuilder(
                Build.ours(
                    SinkProgram.class,
                    // Otherwise its answers wait for the client's acknowledgements.
                    List.of(
                        "-Dsun.net.httpserver.nodelay=true",
                        "-Dsun.net.httpserver.maxIdleConnections=1000")))
            .redirectError(logs.resolve("sink.log").toFile())
            .start();
    String ports =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (ports == null) {
      throw new Failure("the sink did not start; its log is " + logs.resolve("sink.log"));
    }
    String[] both = ports.split(" ", 2);
    return new Sink(process, Integer.parseInt(both[0]), Integer.parseInt(both[1]));
  }

  long pid() {
    return process.pid();
  }

  int smtpPort() {
    return smtpPort;
  }

  /** Where all that is told by HTTP goes. */
  URI http() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** Forgets what it has taken; from now on it takes so long for each answer. */
  void clear(Duration thinks) throws IOException, InterruptedException {
    ask("clear/" + thinks.toMillis());
  }

  /** How many messages it has taken, of whatever kind. */
  int taken() throws IOException, InterruptedException {
    return Integer.parseInt(ask("taken"));
  }

  /** How long the body of a request is that it has taken. */
  int postSize() throws IOException, InterruptedException {
    return client.send(request("post"), BodyHandlers.ofByteArray()).body().length;
  }

  /** A mail that it has taken, as it came. */
  String mail() throws IOException, InterruptedException {
    return ask("mail");
  }

  /** The body of a request that it has taken. */
  String post() throws IOException, InterruptedException {
    return ask("post");
  }

  private String ask(String what) throws IOException, InterruptedException {
    return client.send(request(what), BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String what) {
    return HttpRequest.newBuilder(http().resolve("/control/" + what)).build();
  }

  @Override
  public void close() {
    process.destroy();
    client.close();
  }
}
