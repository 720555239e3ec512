package io.ripen.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  private int ripen(String... arguments) {
    return Commands.run(Terminal.plain(System.out), arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void help_names_every_command() {
    assertThat(ripen("--help")).isZero();
    assertThat(printed()).contains("server", "demo", "flow", "content", "ripen server local");
  }

  @Test
  void without_a_command_help_is_shown() {
    assertThat(ripen()).isZero();
    assertThat(printed()).contains("Commands:");
  }

  @Test
  void version_names_what_is_run() {
    assertThat(ripen("--version")).isZero();
    assertThat(printed()).contains("Ripen", "Zeebe 8.", "Kafka", "PostgreSQL");
  }

  @Test
  void unknown_role_is_refused_with_those_that_there_are() {
    assertThat(ripen("server", "lokal")).isEqualTo(2);
    assertThat(printed()).contains("lokal", "local, engine, workers");
  }

  @Test
  void mistyped_option_is_refused_and_not_handed_to_spring() {
    assertThat(ripen("server", "local", "--dta=/tmp/x")).isEqualTo(1);
    assertThat(printed()).contains("unknown option --dta=/tmp/x").doesNotContain("\tat ");
  }

  @Test
  void demo_without_a_server_says_how_to_start_one() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(ripen("demo", "--url", "http://localhost:" + port)).isEqualTo(1);
    assertThat(printed())
        .contains("no server at http://localhost:" + port, "./ripen server local")
        .doesNotContain("\tat ");
  }

  @Test
  void preview_of_a_message_that_is_not_there_names_it(@TempDir Path folder) {
    assertThat(ripen("content", "preview", "no-flow/no-message", "--bpmn", folder.toString()))
        .isEqualTo(1);
    assertThat(printed()).contains("no-flow").doesNotContain("\tat ");
  }

  @Test
  void preview_writes_html_and_text_and_says_the_subject(@TempDir Path folder) throws IOException {
    assertThat(
            ripen(
                "content",
                "preview",
                "abandoned-cart/reminder",
                "--bpmn",
                Path.of("../bpmn").toString(),
                "--out",
                folder.toString()))
        .isZero();
    assertThat(printed()).contains("Subject", "cart");
    assertThat(Files.readString(folder.resolve("reminder.html"))).contains("<html");
    assertThat(folder.resolve("reminder.txt")).isNotEmptyFile();
  }
}
