package io.ripen.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** What a second process of workers gains, and what Zeebe's partitions do. */
final class ScaleBenchmark {

  private static final List<Integer> PARTITIONS = List.of(1, 3);
  private static final List<Integer> WORKERS = List.of(1, 2);

  /**
   * At once, when all that limits is this machine; and so slow that one process is busy waiting.
   */
  private static final List<Duration> THINKS = List.of(Duration.ZERO, Duration.ofMillis(400));

  private final Path folder;
  private final Sizes sizes;
  private final List<Outcome> outcomes = new ArrayList<>();

  ScaleBenchmark(Path folder, Sizes sizes) {
    this.folder = folder;
    this.sizes = sizes;
  }

  private record Outcome(int partitions, int workers, Duration thinks, List<Measured> rounds) {

    double perSecond() {
      return Comparison.median(rounds.stream().mapToDouble(Measured::perSecond));
    }

    /** How many of the machine's were busy with it. */
    double cores() {
      return Comparison.median(
          rounds.stream()
              .mapToDouble(
                  round ->
                      round.cpuSeconds().values().stream().mapToDouble(each -> each).sum()
                          * 1e9
                          / round.took().toNanos()));
    }
  }

  void run(Report report) throws Exception {
    for (int partitions : PARTITIONS) {
      measure(partitions);
    }
    report.heading("Scale");
    report.paragraph(
        """
        %,d instances a round of `%s` with its waits set to zero, two mails each; medians of %d \
        rounds after one that does not count. Efficiency is the gain over one process of workers \
        and one partition, by how many more there are of them: of workers where these are more, \
        else of partitions. All runs on the same %d cores, so more of something gains only what \
        was not busy before: see how many cores were."""
            .formatted(
                sizes.instances(),
                Deployment.FLOW,
                sizes.rounds(),
                Runtime.getRuntime().availableProcessors()));
    for (Duration thinks : THINKS) {
      print(report, thinks);
    }
  }

  private void print(Report report, Duration thinks) {
    Table table =
        new Table(
            "mail server thinks %d ms".formatted(thinks.toMillis()),
            "partitions",
            "instances/s",
            "of the first",
            "efficiency",
            "cores busy");
    List<Outcome> these = of(thinks).toList();
    double first = these.getFirst().perSecond();
    for (Outcome each : these) {
      double gain = each.perSecond() / first;
      int times = each.workers() > 1 ? each.workers() : each.partitions();
      table.row(
          each.workers() == 1 ? "1 process of workers" : each.workers() + " processes of workers",
          each.partitions(),
          Table.number(each.perSecond()),
          Table.percent(gain),
          Table.percent(gain / times),
          Table.number(each.cores()));
    }
    report.table(table);
  }

  private Stream<Outcome> of(Duration thinks) {
    return outcomes.stream().filter(each -> each.thinks().equals(thinks));
  }

  private void measure(int partitions) throws Exception {
    Path data = folder.resolve("partitions-" + partitions).resolve("ripen");
    try (Deployment ripen = Deployment.start(data, sizes.jvm(), partitions)) {
      var reminding = new Reminding(ripen, "scale", sizes.instances());
      reminding.leaveCartsBehind();
      ripen.deployInstantFlow();
      for (int workers : WORKERS) {
        if (workers > 1) {
          ripen.startWorkers();
          ripen.awaitReady();
        }
        for (Duration thinks : THINKS) {
          ripen.sink().thinks(thinks);
          List<Measured> rounds = new ArrayList<>();
          for (int round = 0; round <= sizes.rounds(); round++) {
            Report.round(
                "scale: %d of partitions, %d of workers, the mail server thinks %d ms"
                    .formatted(partitions, workers, thinks.toMillis()),
                round,
                sizes.rounds());
            Measured measured = reminding.round();
            if (round > 0) {
              rounds.add(measured);
            }
          }
          outcomes.add(new Outcome(partitions, workers, thinks, rounds));
        }
      }
    } finally {
      FileSystemUtils.deleteRecursively(data.getParent());
    }
  }
}
