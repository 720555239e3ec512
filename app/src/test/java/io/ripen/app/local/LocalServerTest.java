package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is fetched or started. */
class LocalServerTest {

  private static final Terminal TERMINAL = Terminal.plain(System.out);
  private static final List<String> ELSEWHERE =
      List.of(
          "--server.port=0",
          "--spring.mail.host=mail.example.com",
          "--spring.datasource.url=jdbc:postgresql://db.example.com/ripen",
          "--spring.kafka.bootstrap-servers=kafka.example.com:9092",
          "--camunda.client.grpc-address=http://zeebe.example.com:26500");

  @TempDir Path folder;
  private ServerSocket taken;

  @BeforeEach
  void take_a_port() throws IOException {
    taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void give_it_back() throws IOException {
    taken.close();
  }

  private void prepare(String... options) {
    LocalServer.prepare(folder.resolve("data"), List.of(options), TERMINAL);
  }

  @Test
  void second_start_in_the_same_folder_names_the_first_and_not_its_port() {
    try (DataFolder first = DataFolder.open(folder.resolve("data"))) {
      assertThatThrownBy(() -> prepare("--server.port=" + taken.getLocalPort()))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll(first.root().toString(), "in use by another Ripen");
    }
  }

  @Test
  void port_of_ours_that_is_zeebes_too_is_told_with_both_settings() {
    assertThatThrownBy(() -> prepare("--server.port=8080"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "port 8080 is given twice", "server.port", "ripen.local.zeebe.rest-port");
  }

  @Test
  void ports_of_what_is_not_started_here_do_not_matter() {
    String free = Port.free(1).getFirst().toString();
    assertThatThrownBy(
            () ->
                prepare(
                    "--server.port=" + free,
                    "--ripen.local.zeebe.rest-port=" + free,
                    "--ripen.local.smtp.port=0",
                    "--ripen.local.postgres.port=0",
                    "--camunda.client.grpc-address=http://zeebe.example.com:26500",
                    "--ripen.local.kafka.port=" + taken.getLocalPort()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("port " + taken.getLocalPort() + " is taken, and Kafka needs it");
  }

  @Test
  void data_folder_is_a_setting_too_over_which_the_option_wins() {
    List<String> options = new ArrayList<>(ELSEWHERE);
    options.add("--ripen.data=" + folder.resolve("set"));

    try (LocalServer server = LocalServer.prepare(null, options, TERMINAL)) {
      assertThat(server.stack().dataFolder()).isEqualTo(folder.resolve("set"));
    }
    try (LocalServer server = LocalServer.prepare(folder.resolve("data"), options, TERMINAL)) {
      assertThat(server.stack().dataFolder()).isEqualTo(folder.resolve("data"));
    }
  }

  @Test
  void servers_that_are_given_are_not_started() {
    try (LocalServer server = LocalServer.prepare(folder.resolve("data"), ELSEWHERE, TERMINAL)) {
      assertThat(Part.values()).noneMatch(server.stack()::runs);
      assertThat(server.stack().springProperties()).isEmpty();
    }
  }

  @Test
  void nothing_is_fetched_while_a_port_is_taken() {
    LocalStackBuilder stack = LocalStack.in(folder.resolve("data")).onFreePorts();
    stack.cache = folder.resolve("cache");
    stack.listening(new Port(taken.getLocalPort(), "Ripen", "server.port"));

    assertThatThrownBy(stack::prepare).isInstanceOf(Failure.class).hasMessageContaining("is taken");
    assertThat(stack.cache).doesNotExist();
  }

  @Test
  void half_the_address_of_an_existing_zeebe_is_refused() {
    assertThatThrownBy(() -> prepare("--camunda.client.rest-address=http://zeebe.example.com:8080"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("camunda.client.rest-address", "camunda.client.grpc-address");
  }

  @Test
  void setting_that_is_no_number_is_named() {
    assertThatThrownBy(() -> prepare("--server.port=http"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("server.port=http");
    assertThatThrownBy(() -> prepare("--ripen.local.kafka.port=none"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("ripen.local.kafka.port=none");
  }
}
