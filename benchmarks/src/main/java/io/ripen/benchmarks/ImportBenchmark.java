package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ripen leads import} of two files, one ten times as long as the other, with a consent for
 * each row; then {@code ripen score recompute} of all that came in. Both run in a JVM of their own.
 */
final class ImportBenchmark {

  private static final List<String> SMALL_JVM = List.of("-Xmx64m", "-XX:+UseSerialGC");
  private static final String ARRIVED =
      "select count(*) from lead_identity where value like 'contact-%'";
  private static final long LOOK_EVERY_MILLIS = 100;

  private final Deployment ripen;
  private final Sizes sizes;
  private final Path folder;

  ImportBenchmark(Deployment ripen, Sizes sizes, Path folder) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.folder = folder;
  }

  private record Run(double seconds, double peakMegabytes) {}

  void run(Report report) throws IOException, SQLException, InterruptedException {
    Table table =
        new Table("rows", "rows/s, command", "its memory, MB", "rows/s, until all are leads");
    for (int rows : List.of(Math.max(1, sizes.rows() / 10), sizes.rows())) {
      Path file = write(rows);
      Report.progress("importing %,d rows", rows);
      long before = ripen.database().number(ARRIVED);
      long began = System.nanoTime();
      Run run =
          command(
              "leads",
              "import",
              file.toString(),
              "--any-domain",
              "--write-key=" + Deployment.WRITE_KEY,
              "--consent=email:marketing",
              "--consent-wording=Yes, write to me");
      long ended = ripen.database().await("leads that came in", ARRIVED, before + rows);
      table.row(
          Table.number(rows),
          Table.number(rows / run.seconds()),
          Table.number(run.peakMegabytes()),
          Table.number(rows / ((ended - began) / 1e9)));
      Files.delete(file);
    }
    report.heading("Import");
    report.table(table);
    report.paragraph(
        "Each row is two events. The command runs with %s; its memory is all that is resident."
            .formatted(String.join(" ", SMALL_JVM)));
    recompute(report);
  }

  private void recompute(Report report) throws IOException, SQLException, InterruptedException {
    long leads = ripen.database().number("select count(*) from lead");
    Report.progress("recomputing the scores of %,d leads", leads);
    Run run = command("score", "recompute");
    report.heading("Recomputing scores");
    report.table(
        new Table("leads", "leads/s")
            .row(Table.number((double) leads), Table.number(leads / run.seconds())));
  }

  private Run command(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url=http://localhost:" + ripen.enginePort());
    Path log = folder.resolve(arguments[0] + ".log");
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(Build.ripen(SMALL_JVM, all))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var usage = new ProcessUsage(process.pid(), false);
    double peak = 0;
    while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      double now = usage.peakMegabytes();
      peak = Double.isNaN(now) ? peak : Math.max(peak, now);
    }
    if (process.exitValue() != 0) {
      throw new Failure(
          "ripen %s ended with %d:%n%s"
              .formatted(String.join(" ", arguments), process.exitValue(), Files.readString(log)));
    }
    return new Run((System.nanoTime() - began) / 1e9, peak == 0 ? Double.NaN : peak);
  }

  private Path write(int rows) throws IOException {
    Path file = folder.resolve("contacts-" + rows + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("E-Mail;First name;Last name;Phone;City\n");
      for (int row = 0; row < rows; row++) {
        out.write(
            "Person.%d@list-%d.example.com;Anna %d;Szabó;+49 30 %d;\"Berlin; Mitte\"\n"
                .formatted(row, rows, row, 90_100_000 + row % 900_000));
      }
    }
    return file;
  }
}
