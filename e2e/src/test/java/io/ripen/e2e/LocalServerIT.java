package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The life of a local server: begins, ends, is killed, and begins again. */
class LocalServerIT {

  private final Path data = LocalRipen.newDataFolder();
  private final List<Integer> ports = LocalRipen.freePorts();

  @Test
  void keeps_data_and_running_flows_over_ends_of_all_kinds_and_leaves_no_process_behind() {
    Shopper shopper = Shopper.named("waiting");
    List<Long> pids;
    try (LocalRipen first = LocalRipen.in(data, ports)) {
      first.http().post(shopper.leavesBehind(Product.KETTLE));
      soon("the cart").until(() -> first.database().waitingAt("gateway_whatComesFirst") == 1);
      pids = first.serverPids();
      first.launcher().terminate();
      assertThat(pids).noneMatch(LocalServerIT::runs);
    }

    try (LocalRipen second = LocalRipen.in(data, ports)) {
      second.advance(HOUR);
      soon("the reminder").until(() -> second.mailsTo(shopper.email()).size() == 1);
      soon("the wait for the next day")
          .until(() -> second.database().waitingAt("waitEvent_dayLater") == 1);
      pids = second.serverPids();
      second.launcher().kill();
    }

    try (LocalRipen third = LocalRipen.in(data, ports)) {
      assertThat(pids).noneMatch(LocalServerIT::runs);
      assertThat(third.mailsTo(shopper.email())).hasSize(1);
      third.advance(Reminders.DAY);
      soon("the last reminder").until(() -> third.mailsTo(shopper.email()).size() == 2);
      refusesToShareTheFolder();
    }
  }

  private void refusesToShareTheFolder() {
    Child other = Child.start("second", LocalRipen.command(data, LocalRipen.freePorts()), Map.of());
    other.awaitEnd(Duration.ofSeconds(60));
    assertThat(other.exitCode()).isNotZero();
    assertThat(other.output()).contains("in use", data.toString()).doesNotContain("\tat ");
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

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }
}
