package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code ripen benchmark}. */
@Command(
    name = "ripen benchmark",
    mixinStandardHelpOptions = true,
    version = "part of Ripen; see ripen --version",
    sortOptions = false,
    header = "Measure on this machine; prints tables in Markdown, some minutes later.%n",
    footer = {
      "",
      "@|bold events|@    from the HTTP door to PostgreSQL, beside plain COPY",
      "@|bold flows|@     from signal to mail server, beside a worker that does nothing",
      "@|bold latency|@   from the accepted event to the e-mail handed over, without waits",
      "@|bold imports|@   rows of a CSV file to leads, and recomputing all their scores",
      "@|bold leads|@     events, segments and conditions with more and more leads stored",
      "@|bold touches|@  by each channel, beside a bare loop over the same library",
      "@|bold gate|@     the gate's decisions, in memory and with the facts from PostgreSQL",
      "@|bold chat|@     memory of visitors' open windows, and how soon a line is there",
      "@|bold storage|@  what a lead, an event, a touch, a waiting instance take on disk",
      "@|bold scale|@    what more workers and more of Zeebe's partitions gain",
      "@|bold deaths|@   what is lost or sent twice while processes are killed",
      "@|bold broker|@    what each of Ripen's settings of Zeebe gains",
      "",
      "Nothing else should run meanwhile. Servers and data are its own, and go with it."
    })
public final class Benchmarks implements Callable<Integer> {

  enum Benchmark {
    events,
    flows,
    latency,
    imports,
    leads,
    touches,
    gate,
    chat,
    storage,
    deaths,
    broker,
    scale
  }

  /** Those that start servers of their own. */
  private static final Set<Benchmark> WITHOUT_OURS =
      EnumSet.of(Benchmark.storage, Benchmark.broker, Benchmark.scale);

  @Parameters(
      paramLabel = "BENCHMARK",
      arity = "0..*",
      description = "${COMPLETION-CANDIDATES} (default: the first three)")
  private List<Benchmark> chosen = new ArrayList<>();

  @Mixin private Sizes sizes = new Sizes();

  private Benchmarks() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String... arguments) {
    CommandLine line = new CommandLine(new Benchmarks());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          // Work on several threads wraps what went wrong.
          Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
          if (cause instanceof Failure) {
            Report.complain(String.valueOf(cause.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw thrown;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    sizes.check();
    Set<Benchmark> benchmarks =
        chosen.isEmpty()
            ? EnumSet.range(Benchmark.events, Benchmark.latency)
            : EnumSet.copyOf(chosen);
    Path folder = Files.createTempDirectory(Files.createDirectories(Build.target()), "run-");
    Report report = new Report();
    report.machine();
    // In this order, whatever the order of the names: events are measured while no flow waits.
    if (!WITHOUT_OURS.containsAll(benchmarks)) {
      try (Deployment ripen = Deployment.start(folder.resolve("ripen"), sizes.jvm())) {
        for (Benchmark benchmark : benchmarks) {
          run(benchmark, ripen, folder, report);
        }
        report.memory(ripen.programs());
      }
    }
    if (benchmarks.contains(Benchmark.storage)) {
      // Its flows would wait for those of others, and theirs for its.
      try (Deployment ripen = Deployment.start(folder.resolve("storage/ripen"), sizes.jvm())) {
        new StorageBenchmark(ripen, sizes).run(report);
      }
    }
    if (benchmarks.contains(Benchmark.broker)) {
      new BrokerBenchmark(folder, sizes).run(report);
    }
    if (benchmarks.contains(Benchmark.scale)) {
      new ScaleBenchmark(folder, sizes).run(report);
    }
    clear(folder);
    return 0;
  }

  private void run(Benchmark benchmark, Deployment ripen, Path folder, Report report)
      throws Exception {
    switch (benchmark) {
      case events -> new EventsBenchmark(ripen, sizes).run(report);
      case flows -> new FlowsBenchmark(ripen, sizes).run(report);
      case latency -> new LatencyBenchmark(ripen, sizes).run(report);
      case imports -> new ImportBenchmark(ripen, sizes, folder).run(report);
      case leads -> new LeadsBenchmark(ripen, sizes).run(report);
      case touches -> new TouchesBenchmark(ripen, sizes).run(report);
      case gate -> new GateBenchmark(ripen, sizes).run(report);
      case chat -> new ChatBenchmark(ripen, sizes).run(report);
      case deaths -> new DeathsBenchmark(ripen, sizes).run(report);
      case storage, broker, scale -> {}
    }
  }

  /** Kept when something went wrong: the logs are in it. */
  private static void clear(Path folder) throws IOException {
    FileSystemUtils.deleteRecursively(folder);
  }
}
