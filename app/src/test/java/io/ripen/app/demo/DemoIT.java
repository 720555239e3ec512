package io.ripen.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a local server that has other visitors, too. */
class DemoIT {

  private static final List<String> PORTS =
      List.of(
          "server.port",
          "ripen.local.smtp.port",
          "ripen.local.postgres.port",
          "ripen.local.kafka.port",
          "ripen.local.kafka.controller-port",
          "ripen.local.zeebe.grpc-port",
          "ripen.local.zeebe.rest-port",
          "ripen.local.zeebe.actuator-port",
          "ripen.local.zeebe.command-port",
          "ripen.local.zeebe.internal-port");

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Terminal terminal =
      Terminal.plain(new PrintStream(told, true, StandardCharsets.UTF_8));

  @TempDir Path folder;

  @Test
  void others_in_the_shop_do_not_confuse_it() throws IOException, InterruptedException {
    List<Integer> ports = freePorts();
    URI url = URI.create("http://localhost:" + ports.getFirst());
    Process server = startServer(ports);
    try {
      awaitAnswer(url, server);
      CountDownLatch closing = new CountDownLatch(1);
      AtomicInteger others = new AtomicInteger();
      Thread crowd = Thread.ofVirtual().start(() -> comeAndGo(url, closing, others));

      assertThatNoException()
          .as(told::toString)
          .isThrownBy(() -> new Demo(terminal, url, "local-shop").play());

      closing.countDown();
      crowd.join();
      assertThat(others).hasValueGreaterThan(10);
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("a mail arrives", "no mail to Jonas", "That was it.");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** In a process of its own: the tests of this module have beans that the server must not find. */
  private Process startServer(List<Integer> ports) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar().toString(), "server", "local"));
    command.addAll(List.of("--data", folder.toString()));
    command.add("--ripen.bpmn=" + Path.of("..", "bpmn").toAbsolutePath().normalize());
    for (int i = 0; i < PORTS.size(); i++) {
      command.add("--%s=%d".formatted(PORTS.get(i), ports.get(i)));
    }
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("ripen-app-[\\w.-]+\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void awaitAnswer(URI url, Process server) {
    LocalApi api = new LocalApi(url, "local-shop");
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              assertThat(server.isAlive()).as("the server runs").isTrue();
              try {
                api.requireServer();
                return true;
              } catch (Failure e) {
                return false;
              }
            });
  }

  /** People who fill a cart and buy, or leave it, about one a second. */
  private static void comeAndGo(URI url, CountDownLatch closing, AtomicInteger others) {
    LocalApi api = new LocalApi(url, "local-shop");
    String shop = api.url("/shop");
    List<Person> earlier = new ArrayList<>();
    try {
      while (!closing.await(1, TimeUnit.SECONDS)) {
        Person other = Person.named("Other" + others.incrementAndGet());
        api.send(other.fillsCart(shop));
        earlier.add(other);
        if (earlier.size() > 3) {
          api.send(earlier.removeFirst().buys(shop));
        }
      }
    } catch (InterruptedException | Failure e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < PORTS.size(); i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }
}
