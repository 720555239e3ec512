package io.ripen.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.Terminal;
import io.ripen.channels.webhook.Receiver;
import io.ripen.channels.webhook.WebhookSecret;
import io.ripen.channels.webpush.PushKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

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
    assertThat(printed())
        .contains("server", "demo", "flow", "content", "backup", "ripen server local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring.datasource.url", "spring.kafka.bootstrap-servers"})
  void a_backup_says_which_store_it_does_not_know(String missing) {
    List<String> arguments =
        new ArrayList<>(List.of("backup", "create", "--to", "target/no-backup"));
    if (!missing.equals("spring.datasource.url")) {
      arguments.add("--spring.datasource.url=jdbc:postgresql://localhost/ripen");
    }
    assertThat(ripen(arguments.toArray(String[]::new))).isEqualTo(1);
    assertThat(printed()).contains(missing + " is not set", "--" + missing + "=…");
  }

  @Test
  void a_backup_says_where_it_has_looked_for_zeebe() throws IOException {
    assertThat(
            ripen(
                "backup",
                "create",
                "--to",
                "target/no-backup",
                "--spring.datasource.url=jdbc:postgresql://localhost/ripen",
                "--spring.kafka.bootstrap-servers=localhost:9092",
                "--ripen.zeebe.management-address=http://localhost:" + freePort()))
        .isEqualTo(1);
    assertThat(printed()).contains("/actuator/backupRuntime does not answer");
    assertThat(Path.of("target/no-backup")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0s", "-5m"})
  void a_backup_wants_a_time_that_it_may_wait_for(String within) {
    assertThat(
            ripen(
                "backup",
                "create",
                "--to",
                "target/no-backup",
                "--within=" + within,
                "--spring.datasource.url=jdbc:postgresql://localhost/ripen",
                "--spring.kafka.bootstrap-servers=localhost:9092"))
        .isEqualTo(1);
    assertThat(printed()).contains("--within is " + within + " (expected: a time such as 30s");
  }

  @Test
  void push_keys_prints_a_pair_as_it_is_set() {
    assertThat(ripen("push", "keys", "--subject", "mailto:ops@shop.example")).isZero();
    String[] lines =
        printed().lines().map(line -> line.replaceFirst("^[^=]*=", "")).toArray(String[]::new);
    assertThat(printed().lines().limit(3).map(line -> line.replaceFirst("=.*", "")))
        .containsExactly("ripen.push.public-key", "ripen.push.private-key", "ripen.push.subject");
    assertThat(new PushKeys(lines[0], lines[1], lines[2]).subject())
        .isEqualTo("mailto:ops@shop.example");
  }

  @Test
  void push_keys_wants_to_know_whom_to_write_to() {
    assertThat(ripen("push", "keys", "--subject", "me")).isEqualTo(1);
    assertThat(printed()).contains("expected: mailto:you@your.domain");
  }

  @Test
  void webhooks_secret_prints_what_calls_to_that_host_are_signed_with() {
    String key = "k".repeat(32);
    String set = "--ripen.signing-key=" + key;
    assertThat(ripen("webhooks", "secret", "https://CRM.example.com/hooks/lead", set)).isZero();
    var receiver = Receiver.at(URI.create("https://crm.example.com"));
    assertThat(printed().strip()).isEqualTo(WebhookSecret.derived(key, receiver).text());

    printed.reset();
    String secret = "whsec_" + "A".repeat(32);
    assertThat(
            ripen(
                "webhooks",
                "secret",
                "https://crm.example.com",
                set,
                "--ripen.webhooks.secret=" + secret))
        .isZero();
    assertThat(printed().strip()).isEqualTo(secret);
  }

  @Test
  void webhooks_secret_of_the_local_server_is_made_from_the_key_in_its_folder(@TempDir Path data)
      throws IOException {
    String address = "https://crm.example.com/hooks/lead";
    assertThat(ripen("webhooks", "secret", address, "--data", data.toString())).isEqualTo(1);
    assertThat(printed()).contains("ripen.signing-key is not set", "RIPEN_SIGNING_KEY");
    assertThat(data).isEmptyDirectory();

    printed.reset();
    Files.writeString(data.resolve("signing-key"), "k".repeat(40) + "\n");
    assertThat(ripen("webhooks", "secret", address, "--data", data.toString())).isZero();
    assertThat(printed().strip())
        .isEqualTo(WebhookSecret.derived("k".repeat(40), Receiver.at(URI.create(address))).text());
  }

  @Test
  void webhooks_secret_says_what_it_cannot_use() {
    String set = "--ripen.signing-key=" + "k".repeat(32);
    assertThat(ripen("webhooks", "secret", "crm.example.com", set)).isEqualTo(1);
    assertThat(printed()).contains("expected: one such as https://example.com/ripen");
    printed.reset();
    assertThat(ripen("webhooks", "secret", "https://crm.example.com", "--ripen.signing-key=short"))
        .isEqualTo(1);
    assertThat(printed()).contains("ripen.signing-key has 5 characters").doesNotContain("\tat ");
    printed.reset();
    assertThat(ripen("webhooks", "secret", "https://crm.example.com", set, "--dta=x")).isEqualTo(1);
    assertThat(printed()).contains("unknown option --dta=x");
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

  @ParameterizedTest
  @ValueSource(strings = {"engine", "workers"})
  void role_without_its_secret_and_address_does_not_start(String role) {
    assertThat(ripen("server", role)).isEqualTo(1);
    assertThat(printed())
        .contains(
            "the role " + role,
            "ripen.public-url is not set",
            "RIPEN_PUBLIC_URL",
            "ripen.signing-key is not set",
            "RIPEN_SIGNING_KEY")
        .doesNotContain("\tat ");
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void role_with_a_short_secret_or_half_an_address_does_not_start() {
    assertThat(
            ripen(
                "server",
                "engine",
                "--ripen.signing-key=too short",
                "--ripen.public-url=shop.example.com"))
        .isEqualTo(1);
    assertThat(printed())
        .contains("ripen.signing-key has 9 characters", "ripen.public-url is shop.example.com")
        .doesNotContain("too short", "\tat ");
  }

  @Test
  void blank_settings_are_none() {
    assertThat(ripen("server", "workers", "--ripen.signing-key=" + " ".repeat(40))).isEqualTo(1);
    assertThat(printed()).contains("ripen.signing-key is not set");
  }

  @Test
  void workers_that_cannot_send_do_not_start() {
    assertThat(start("workers")).isEqualTo(1);
    assertThat(printed())
        .contains(
            "the role workers does not start: ripen.email.from is not set",
            "RIPEN_EMAIL_FROM",
            "spring.mail.host is not set")
        .doesNotContain("\tat ");
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void engine_that_would_show_its_console_to_everybody_says_what_to_set() {
    assertThat(start("engine", "--server.address=0.0.0.0")).isEqualTo(1);
    assertThat(complaint())
        .contains("the role engine did not start", "0.0.0.0", "Set ripen.console.password");
    assertThat(printed()).doesNotContain("\tat ");
  }

  @Test
  void engine_whose_database_is_away_says_where_it_looked() throws IOException {
    String database = "127.0.0.1:" + freePort();
    assertThat(
            start(
                "engine",
                "--spring.datasource.url=jdbc:postgresql://" + database + "/ripen",
                "--spring.datasource.hikari.connection-timeout=30000"))
        .isEqualTo(1);
    assertThat(complaint()).contains("the role engine did not start", database, "refused");
    assertThat(printed()).doesNotContain("\tat ");
  }

  private int start(String role, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "server",
                role,
                "--server.port=0",
                "--ripen.public-url=https://ripen.example.com",
                "--ripen.signing-key=" + "k".repeat(32),
                "--ripen.bpmn=" + Path.of("../bpmn").toAbsolutePath().normalize()));
    arguments.addAll(List.of(options));
    return ripen(arguments.toArray(String[]::new));
  }

  private String complaint() {
    return printed().substring(printed().indexOf("ripen: "));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void demo_without_a_server_says_how_to_start_one() throws IOException {
    int port = freePort();
    assertThat(ripen("demo", "--url", "http://localhost:" + port)).isEqualTo(1);
    assertThat(printed())
        .contains("no server at http://localhost:" + port, "./ripen server local")
        .doesNotContain("\tat ");
  }

  @Test
  void check_of_what_ripen_ships_finds_nothing() {
    assertThat(ripen("flow", "check", "--bpmn", "../bpmn")).isZero();
    assertThat(printed()).contains("Nothing to complain about");
  }

  @Test
  void check_of_a_file_that_it_cannot_look_at_is_no_success() {
    assertThat(ripen("flow", "check", "../bpmn/README.md", "--bpmn", "../bpmn", "--no-estimate"))
        .isEqualTo(1);
    assertThat(printed())
        .contains("README.md", "it is neither a flow nor a table", "1 errors, 0 warnings")
        .doesNotContain("Nothing to complain about");
  }

  @Test
  void templates_of_what_ripen_ships_list_all_and_a_new_message_is_listed(@TempDir Path folder)
      throws IOException {
    copyOfBpmn(folder);
    assertThat(ripen("flow", "templates", "--bpmn", folder.toString())).isZero();
    assertThat(printed()).contains("All drop-downs list what lies in the folder.");

    Path messages = folder.resolve("nurturing/messages");
    Files.copy(messages.resolve("webinar-invitation.en.mjml"), messages.resolve("spring.en.mjml"));
    Files.copy(messages.resolve("webinar-invitation.en.txt"), messages.resolve("spring.en.txt"));
    String flow = folder.resolve("nurturing/nurturing.bpmn").toString();
    assertThat(ripen("flow", "check", flow, "--bpmn", folder.toString(), "--no-estimate")).isZero();
    assertThat(printed())
        .contains(
            "drop-downs for e-mails do not offer spring (nurturing)", "./ripen flow templates");

    printed.reset();
    assertThat(ripen("flow", "templates", "--bpmn", folder.toString())).isZero();
    assertThat(printed())
        .contains("renewed send-email.json: Message", "renewed send-email.v2.json: Message");
  }

  @Test
  void a_row_of_ones_own_is_a_signal_that_a_flow_can_be_drawn_with(@TempDir Path folder)
      throws IOException {
    copyOfBpmn(folder);
    Path table = folder.resolve("signals.dmn");
    String rows = Files.readString(table);
    String magnet =
        rows.substring(
            rows.indexOf("<rule id=\"rule_magnetRequested\">"),
            rows.indexOf("<rule id=\"rule_contactRequested\">"));
    Files.writeString(
        table,
        rows.replace(
            magnet,
            magnet
                + magnet
                    .replace("magnetRequested", "demoRequested")
                    .replace("Asked for a lead magnet", "Asked for a demo: by the button")
                    .replace("Lead Magnet Requested", "Demo Requested")
                    .replace("magnet.requested", "demo.requested")));
    Path flow = folder.resolve("browsed-product/browsed-product.bpmn");
    Files.writeString(
        flow,
        Files.readString(flow)
            .replace("io.ripen.product-browsed.start", "io.ripen.signal.start")
            .replace("name=\"product.browsed\"", "name=\"demo.requested\"")
            .replace("io.ripen.purchase-made.exit", "io.ripen.signal.exit"));

    assertThat(ripen("flow", "check", "--bpmn", folder.toString(), "--no-estimate")).isZero();
    assertThat(printed())
        .contains(
            "drop-downs for signals to start by do not offer Asked for a demo (demo.requested)",
            "drop-downs for signals of a lead do not offer Asked for a demo (demo.requested)");

    printed.reset();
    assertThat(ripen("flow", "templates", "--bpmn", folder.toString())).isZero();
    assertThat(printed())
        .contains(
            "renewed signal.catch.json: What",
            "renewed signal.exit.json: What",
            "renewed signal.start.json: What");
    printed.reset();
    assertThat(ripen("flow", "check", "--bpmn", folder.toString(), "--no-estimate")).isZero();
    assertThat(printed()).contains("Nothing to complain about");
  }

  @Test
  void check_reads_the_signal_table_as_the_engine_does(@TempDir Path folder) throws IOException {
    copyOfBpmn(folder);
    Path table = folder.resolve("signals.dmn");
    Files.writeString(
        table,
        Files.readString(table)
            .replaceFirst("hitPolicy=\"COLLECT\"", "hitPolicy=\"FIRST\"")
            .replaceFirst("<text>\"cart\"</text>", "<text>\"basket\"</text>")
            .replaceFirst("\"PT10M\"", "\"10 minutes\"")
            .replaceFirst("\"P1D\"", "\"a day\""));

    assertThat(ripen("flow", "check", "--bpmn", folder.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("signals.dmn: error: the hit policy is FIRST (expected: Collect")
        .containsPattern("signals\\.dmn: rule \\d+, output key: error: is 'basket'")
        .containsPattern("signals\\.dmn: rule \\d+, output timeToLive: error: is '10 minutes'")
        .containsPattern("signals\\.dmn: rule \\d+, output worthTellingFor: error: is 'a day'");
  }

  @Test
  void check_reads_the_score_tables_as_the_engine_does(@TempDir Path folder) throws IOException {
    copyOfBpmn(folder);
    Path table = folder.resolve("score.dmn");
    Files.writeString(
        table,
        Files.readString(table)
            .replaceFirst("<text>10</text>", "<text>ten</text>")
            .replaceFirst("<text>\"hot\"</text>", "<text>\"boiling\"</text>"));

    assertThat(ripen("flow", "check", "--bpmn", folder.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("score.dmn: rule 1, output points: error: is 'ten' (expected: a number)")
        .contains("score.dmn: rule 1, output temperature: error: is 'boiling'");
  }

  @Test
  void check_without_a_signal_table_says_that_it_is_missing(@TempDir Path folder)
      throws IOException {
    copyOfBpmn(folder);
    Files.delete(folder.resolve("signals.dmn"));

    assertThat(ripen("flow", "check", "--bpmn", folder.toString())).isEqualTo(1);
    assertThat(printed()).contains("signals.dmn: error: there is no such file");
  }

  @Test
  void check_of_a_broken_flow_names_the_element(@TempDir Path folder) throws IOException {
    copyOfBpmn(folder);
    Path flow = folder.resolve("abandoned-cart/abandoned-cart.bpmn");
    Files.writeString(flow, Files.readString(flow).replace("io.ripen.send-email", "io.ripen.fax"));

    assertThat(ripen("flow", "check", "--bpmn", folder.toString(), flow.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("abandoned-cart/abandoned-cart.bpmn: serviceTask_sendReminder: error", "errors");
  }

  @Test
  void deploy_without_a_server_says_where_it_looked() throws IOException {
    String engine = "http://127.0.0.1:" + freePort();

    assertThat(ripen("flow", "deploy", "--bpmn", "../bpmn", "--url", engine)).isEqualTo(1);
    assertThat(printed())
        .contains("ripen: no engine at " + engine, "Deploying again does no harm")
        .doesNotContain("\tat ");
  }

  @Test
  void deploy_of_a_broken_flow_asks_no_server(@TempDir Path folder) throws IOException {
    copyOfBpmn(folder);
    Path flow = folder.resolve("abandoned-cart/abandoned-cart.bpmn");
    Files.writeString(flow, Files.readString(flow).replace("io.ripen.send-email", "io.ripen.fax"));

    assertThat(ripen("flow", "deploy", "--bpmn", folder.toString())).isEqualTo(1);
    assertThat(printed()).contains("nothing was deployed: the check found errors");
  }

  private static void copyOfBpmn(Path folder) throws IOException {
    FileSystemUtils.copyRecursively(Path.of("../bpmn"), folder);
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

  @Test
  void preview_shows_a_short_message_in_each_language_with_what_it_costs(@TempDir Path folder) {
    String bpmn = Path.of("../bpmn").toString();
    assertThat(
            ripen(
                "content",
                "preview",
                "text-message-subscription/confirm",
                "--bpmn",
                bpmn,
                "--public-url",
                "https://go.example.com/",
                "--out",
                folder.toString()))
        .isZero();
    assertThat(printed())
        .contains("As SMS     en: GSM-7, ", " characters, 1 segment\n")
        .contains("As SMS     hu: UCS-2, ", "As SMS     ru: UCS-2, ", "3 segments")
        .contains("WhatsApp   en: names no template; ")
        .contains("tap https://go.example.com/s/Ab3dE6gH9k for")
        .doesNotContain("Subject");
    assertThat(folder).isEmptyDirectory();

    assertThat(
            ripen("content", "preview", "abandoned-cart/nudge", "--locale", "ru", "--bpmn", bpmn))
        .isZero();
    assertThat(printed())
        .containsOnlyOnce("As SMS     en: ")
        .contains("ваша корзина осталась", "https://example.com/s/Ab3dE6gH9k");
  }

  @Test
  void preview_shows_by_which_template_a_message_goes_by_whatsapp(@TempDir Path folder)
      throws IOException {
    Path messages = Files.createDirectories(folder.resolve("hello/messages"));
    Files.writeString(
        messages.resolve("nudge.en.short.txt"),
        "WhatsApp: HX%s\nWhatsApp 1: {{ lead.firstName | default: \"you\" }}\n\nHello"
            .formatted("0".repeat(32)));

    assertThat(ripen("content", "preview", "hello/nudge", "--bpmn", folder.toString())).isZero();
    assertThat(printed())
        .contains("WhatsApp   en: template HX%s\n           1 = you".formatted("0".repeat(32)));
  }
}
