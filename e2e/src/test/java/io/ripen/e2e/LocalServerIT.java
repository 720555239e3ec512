package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of a local server: begins, ends, is killed, and begins again. */
@OwnStack
class LocalServerIT {

  /** We aim at 45 s on a machine of one's own; tests run on busy ones. */
  private static final Duration START_WITH_DATA = Duration.ofSeconds(90);

  private final Path data = LocalRipen.newDataFolder();
  private final List<Integer> ports = LocalRipen.freePorts();

  @Test
  void keeps_data_and_running_flows_over_ends_of_all_kinds_and_leaves_no_process_behind()
      throws IOException {
    Shopper shopper = Shopper.named("waiting");
    List<Long> pids;
    try (LocalRipen first = LocalRipen.onTerminal(data, ports)) {
      first.http().post(shopper.leavesBehind(Product.KETTLE));
      soon("the cart").until(() -> first.database().waitingAt("gateway_whatComesFirst") == 1);
      pids = first.serverPids();
      first.launcher().pressCtrlC();
      assertThat(pids).noneMatch(LocalRipen::runs);
      assertThat(first.launcher().exitCode()).as("SIGINT's").isEqualTo(130);
      assertThat(first.launcher().output()).endsWith("Stopped.\n");
      assertThatItEndedInOrder();
    }

    try (LocalRipen second = LocalRipen.in(data, ports)) {
      System.out.printf("A start with data took %d s.%n", second.startTook().toSeconds());
      assertThat(second.startTook()).isLessThan(START_WITH_DATA);
      second.advance(HOUR);
      soon("the reminder").until(() -> second.mailsTo(shopper.email()).size() == 1);
      soon("the wait for the next day")
          .until(() -> second.database().waitingAt("gateway_whatComesNext") == 1);
      pids = second.serverPids();
      second.launcher().kill();
    }

    try (LocalRipen third = LocalRipen.in(data, ports)) {
      assertThat(pids).noneMatch(LocalRipen::runs);
      assertThat(third.mailsTo(shopper.email())).hasSize(1);
      third.advance(Reminders.DAY);
      soon("the last reminder").until(() -> third.mailsTo(shopper.email()).size() == 2);
      refusesToShareTheFolder();
      endsWithAServerThatIsKilled(third);
    }
  }

  /** Each says when it has ended, the last one that it has done so cleanly. */
  private void assertThatItEndedInOrder() throws IOException {
    List<FileTime> lastWords = new ArrayList<>();
    for (Part part : List.of(Part.ZEEBE, Part.KAFKA, Part.POSTGRES)) {
      lastWords.add(Files.getLastModifiedTime(log(part)));
    }
    assertThat(lastWords).as("ends of Zeebe, Kafka, PostgreSQL").isSorted();
    assertThat(log(Part.POSTGRES)).content().contains("database system is shut down");
  }

  private Path log(Part part) {
    return data.resolve("logs").resolve(part.id() + ".log");
  }

  /** It finds its folder by an environment variable, as any setting. */
  private void refusesToShareTheFolder() {
    Child other =
        Child.start(
            "second",
            LocalRipen.command(LocalRipen.freePorts()),
            Map.of("RIPEN_DATA", data.toString()));
    other.awaitEnd(Duration.ofSeconds(60));
    assertThat(other.exitCode()).isNotZero();
    assertThat(other.output()).contains("in use", data.toString()).doesNotContain("\tat ");
  }

  private static void endsWithAServerThatIsKilled(LocalRipen ripen) {
    List<Long> pids = ripen.serverPids();
    long zeebe = ripen.pid(Part.ZEEBE);
    Child.signal(zeebe, "KILL");
    ripen.launcher().awaitEnd(Duration.ofSeconds(90));
    assertThat(ripen.launcher().exitCode()).isEqualTo(1);
    assertThat(ripen.launcher().output())
        .contains("ripen: Zeebe (process %d) has ended with exit code 137".formatted(zeebe))
        .contains("Its log is ");
    assertThat(pids).noneMatch(LocalRipen::runs);
  }

  @Test
  void says_which_port_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(ports.get(1), 1, InetAddress.getLoopbackAddress())) {
      Child server = Child.start("taken-port", LocalRipen.command(data, ports), Map.of());
      server.awaitEnd(Duration.ofSeconds(60));
      assertThat(server.exitCode()).isNotZero();
      assertThat(server.output())
          .contains(Integer.toString(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }
}
