package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code ripen leads import} and {@code ripen score recompute}, against a server of their own: each
 * row begins a flow, and thousands of them would keep the others' server busy for long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadsImportIT {

  private static final int ROWS = 3_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalRipen ripen = LocalRipen.start();
  private final String list = "list-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path folder;

  @AfterAll
  void stop() {
    ripen.close();
  }

  @Test
  void an_import_that_is_killed_goes_on_and_each_row_becomes_one_lead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(list + ".csv"),
            IntStream.range(0, ROWS)
                .mapToObj(row -> "P%d@%s.example;Anna;%d".formatted(row, list, row))
                .collect(Collectors.joining("\n", "E-Mail;Vorname;Nr\n", "\nnobody;;\n")));
    Path progress = folder.resolve(list + ".csv.ripen-import");

    Child killed = Child.start("import", command(file), Map.of());
    killed.awaitOrFail(
        "the first rows", PATIENCE, () -> Files.readString(progress).matches(".*\"rows\":[1-9].*"));
    killed.kill();
    assertThat(progress).exists();

    Child second = ended(command(file));
    assertThat(second.output())
        .contains("goes on behind row", "imported 3,000 rows, refused 1", list + ".REFUSED.csv");
    assertThat(Files.readString(folder.resolve(list + ".REFUSED.csv"))).contains("3002;");
    soon("all leads").until(() -> ripen.database().leadsAt(list + ".example") == ROWS);

    // The third run repeats all that the engine has, the fourth is another import: when all of that
    // has come in, so has whatever the third might have added.
    assertThat(ended(command(file)).output()).contains("imported 3,000 rows");
    assertThat(ended(command(file, "--again")).output()).contains("imported 3,000 rows");
    soon("all rows once more")
        .until(() -> ripen.database().eventsAt(list + ".example") >= 4L * ROWS);
    assertThat(ripen.database().eventsAt(list + ".example")).isEqualTo(4L * ROWS);
    assertThat(ripen.database().leadsAt(list + ".example")).isEqualTo(ROWS);

    JsonNode lead = Http.json(ripen.http().get("/api/leads?email=p0@" + list + ".example")).get(0);
    assertThat(lead.path("source").asString()).isEqualTo(list + " (import)");
    assertThat(lead.path("visits").asInt()).isZero();
    assertThat(lead.path("firstName").asString()).isEqualTo("Anna");
  }

  @Test
  void scores_are_recomputed_and_what_is_right_stays() {
    Lead.speaking("en", "none", ripen)
        .identifies()
        .visits("/pricing")
        .does("Page Read", Map.of("path", "/article"))
        .settles();

    Child command =
        ended(
            Build.ripen(
                List.of(),
                List.of("score", "recompute", "--url", ripen.http().uri("/").toString())));

    assertThat(command.output())
        .matches("(?s).*recomputed [1-9][\\d,]* leads?, 0 of them changed.*0 added, 0 changed.*");
  }

  private static Child ended(List<String> command) {
    Child child = Child.start("command", command, Map.of());
    child.awaitEnd(PATIENCE);
    assertThat(child.exitCode()).as(child.output()).isZero();
    return child;
  }

  private List<String> command(Path file, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "leads",
                "import",
                file.toString(),
                "--any-domain",
                "--url",
                ripen.http().uri("/").toString(),
                "--consent",
                "email:marketing",
                "--consent-wording",
                "Yes, write to me"));
    arguments.addAll(List.of(more));
    return Build.ripen(List.of("-Xmx64m"), arguments);
  }
}
