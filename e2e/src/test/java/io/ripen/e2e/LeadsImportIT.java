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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code ripen leads import}. Each row begins a flow, which would keep the server busy while others
 * use it: so it comes after them.
 */
@ExtendWith(RipenExtension.class)
@Order(Integer.MAX_VALUE)
class LeadsImportIT {

  private static final int ROWS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalRipen ripen;
  private final String list = "list-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path folder;

  LeadsImportIT(LocalRipen ripen) {
    this.ripen = ripen;
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
        .contains("goes on behind row", "imported 1,500 rows, refused 1", list + ".REFUSED.csv");
    assertThat(Files.readString(folder.resolve(list + ".REFUSED.csv"))).contains("1502;");
    soon("all leads").until(() -> ripen.database().leadsAt(list + ".example") == ROWS);

    // The third run repeats all that the engine has, the fourth is another import: when all of that
    // has come in, so has whatever the third might have added.
    assertThat(ended(command(file)).output()).contains("imported 1,500 rows");
    assertThat(ended(command(file, "--again")).output()).contains("imported 1,500 rows");
    soon("all rows once more")
        .until(() -> ripen.database().eventsAt(list + ".example") >= 4L * ROWS);
    assertThat(ripen.database().eventsAt(list + ".example")).isEqualTo(4L * ROWS);
    assertThat(ripen.database().leadsAt(list + ".example")).isEqualTo(ROWS);

    JsonNode lead = Http.json(ripen.http().get("/api/leads?email=p0@" + list + ".example")).get(0);
    assertThat(lead.path("source").asString()).isEqualTo(list + " (import)");
    assertThat(lead.path("visits").asInt()).isZero();
    assertThat(lead.path("firstName").asString()).isEqualTo("Anna");
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
