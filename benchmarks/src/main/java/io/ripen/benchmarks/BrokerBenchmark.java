package io.ripen.benchmarks;

import io.camunda.client.CamundaClient;
import io.ripen.app.local.LocalStack;
import io.ripen.app.local.Part;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * The flow with a worker that does nothing on brokers with different settings, one after the other.
 * Between them one with Zeebe's defaults: the machine is not the same all the time.
 */
final class BrokerBenchmark {

  /** A cold JVM does half as much. */
  private static final int WARM_UP = 2;

  private final Path folder;
  private final int instances;
  private int started;

  BrokerBenchmark(Path folder, Sizes sizes) {
    this.folder = folder;
    this.instances = sizes.instances();
  }

  /** What a broker did, and the most memory that it had. */
  private record Outcome(Measured measured, double megabytes) {

    double perSecond() {
      return measured.perSecond();
    }

    double cpu() {
      return measured.cpuPerThousand("Zeebe");
    }
  }

  void run(Report report) throws Exception {
    Table table = new Table("setting", "instances/s", "gain", "Zeebe's CPU s per 1000", "peak MB");
    Outcome before = outcome(BrokerSetting.DEFAULTS);
    row(table, BrokerSetting.DEFAULTS, before, "");
    for (BrokerSetting setting : BrokerSetting.ALL) {
      Outcome outcome = outcome(setting);
      Outcome after = outcome(BrokerSetting.DEFAULTS);
      double neighbours = (before.perSecond() + after.perSecond()) / 2;
      row(
          table,
          setting,
          outcome,
          "%+.0f %%".formatted(100 * (outcome.perSecond() / neighbours - 1)));
      row(table, BrokerSetting.DEFAULTS, after, "");
      before = after;
    }
    report.heading("Broker");
    report.paragraph(
        """
        %,d instances of `%s` with its waits set to zero and a worker that does nothing, after \
        twice as many that do not count, on a fresh broker for each line, without an exporter. The gain is \
        over the mean of the defaults before and after."""
            .formatted(instances, Deployment.FLOW));
    report.table(table);
  }

  private static void row(Table table, BrokerSetting setting, Outcome outcome, String gain) {
    table.row(
        setting.title(),
        Table.number(outcome.perSecond()),
        gain,
        Table.number(outcome.cpu()),
        Table.number(outcome.megabytes()));
  }

  private Outcome outcome(BrokerSetting setting) throws Exception {
    Report.progress("broker: %s", setting.title());
    Path data = folder.resolve("broker-" + ++started);
    LocalStack stack =
        setting
            .apply()
            .apply(
                LocalStack.in(data)
                    .onFreePorts()
                    .without(Part.POSTGRES)
                    .without(Part.KAFKA)
                    .withoutExporter())
            .start();
    try (stack;
        CamundaClient client = DoNothing.client(stack.zeebeGrpc());
        DoNothing workload = new DoNothing(client)) {
      Programs programs = new Programs().with("Zeebe", stack.pid(Part.ZEEBE));
      workload.run(WARM_UP * instances);
      Measured measured = Measured.of(programs, instances, () -> workload.run(instances));
      return new Outcome(measured, programs.peakMegabytes().getOrDefault("Zeebe", Double.NaN));
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }
}
