package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack of {@code docker/compose.yaml}, with ports of its own and Zeebe's clock to be moved;
 * its volumes go with it.
 */
final class ComposeRipen implements Ripen {

  private static final Duration DOWNLOADED_ALREADY = Duration.ofMinutes(4);
  private static final Path FOLDER = Build.root().resolve("docker");
  private static final String PROJECT = "ripen-e2e-" + Integer.toHexString(Build.root().hashCode());

  /** Of the profile {@code minimal}, with the one that brings the exporter. */
  private static final int SERVICES = 6;

  private final List<Integer> ports = Ports.free(5);
  private final Http http = new Http(ports.getFirst(), secret("console-password"));

  private ComposeRipen() {}

  static ComposeRipen start() {
    Child.run("compose", FOLDER, List.of("./secrets/create"), Map.of(), Duration.ofSeconds(10));
    ComposeRipen ripen = new ComposeRipen();
    ripen.compose(Duration.ofMinutes(1), "down", "--volumes", "--remove-orphans");
    try {
      ripen.compose(DOWNLOADED_ALREADY, "up", "--detach", "--no-build");
      Patience.soon("the engine in its container")
          .atMost(Box.STARTS_WITHIN)
          .until(() -> ripen.http.get("/actuator/health/readiness").statusCode() == 200);
      Patience.soon("containers that say they are well")
          .untilAsserted(() -> assertThat(ripen.unwell()).isEmpty());
      Patience.soon("the flows")
          .until(() -> ripen.http.get("/flows/abandoned-cart").statusCode() == 200);
      return ripen;
    } catch (RuntimeException | Error e) {
      try {
        ripen.close();
      } catch (RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  public Database database() {
    return new Database(
        "jdbc:postgresql://127.0.0.1:%d/ripen".formatted(ports.get(1)),
        "ripen",
        secret("database-password"));
  }

  /** Zeebe's time; that of Ripen goes on as usual. */
  @Override
  public void advance(Duration step) {
    int status =
        new Http(ports.get(2))
            .post(
                "/actuator/clock/add",
                "application/json",
                "{\"offsetMilli\": %d}".formatted(step.toMillis()))
            .statusCode();
    if (status != 200) {
      throw new AssertionError("Zeebe's clock answered " + status);
    }
  }

  /** Containers that run and do not call themselves healthy, or ended as they should not. */
  private List<String> unwell() {
    List<String> states =
        Child.run(
                "docker",
                FOLDER,
                List.of(
                    "docker",
                    "ps",
                    "--all",
                    "--filter",
                    "label=com.docker.compose.project=" + PROJECT,
                    "--format",
                    "{{.Names}} {{.Status}}"),
                Map.of(),
                Duration.ofSeconds(30))
            .lines()
            .toList();
    assertThat(states).hasSize(SERVICES);
    return states.stream()
        .filter(state -> !state.contains("(healthy)") && !state.contains("Exited (0)"))
        .toList();
  }

  private static String secret(String name) {
    try {
      return Files.readString(FOLDER.resolve("secrets").resolve(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String compose(Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of(
            "--project-name",
            PROJECT,
            "--file",
            FOLDER.resolve("compose.yaml").toString(),
            "--file",
            Build.root().resolve("e2e/src/test/docker/compose.e2e.yaml").toString()));
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>();
    // Whoever has changed docker/.env tests what we deliver all the same.
    environment.put("COMPOSE_PROFILES", "minimal");
    environment.put("ENGINE_PROFILES", "demo");
    environment.put("SMTP_HOST", "engine");
    environment.put("SMTP_PORT", "2525");
    environment.put("EMAIL_FROM", "shop@ripen.localhost");
    environment.put("RIPEN_PORT", ports.getFirst().toString());
    environment.put("RIPEN_PUBLIC_URL", "http://localhost:" + ports.getFirst());
    environment.put("POSTGRES_PORT", ports.get(1).toString());
    environment.put("ZEEBE_ACTUATOR_PORT", ports.get(2).toString());
    environment.put("ZEEBE_GRPC_PORT", ports.get(3).toString());
    environment.put("ZEEBE_REST_PORT", ports.get(4).toString());
    return Child.run("compose", FOLDER, command, environment, limit);
  }

  /** Compose is Docker's plugin, or the older program of its own. */
  static List<String> program() {
    Child plugin = Child.start("compose", List.of("docker", "compose", "version"), Map.of());
    plugin.awaitEnd(Duration.ofSeconds(30));
    return plugin.exitCode() == 0 ? List.of("docker", "compose") : List.of("docker-compose");
  }

  @Override
  public void close() {
    try {
      compose(Duration.ofMinutes(2), "logs", "--no-color");
    } finally {
      compose(Duration.ofMinutes(3), "down", "--volumes", "--remove-orphans", "--timeout", "20");
    }
  }
}
