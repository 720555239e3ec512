package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * From the accepted event to the first e-mail handed over. Carts come at the times that were fixed
 * before, however long those before them take.
 */
final class LatencyBenchmark {

  private static final int MAILS_PER_CART = 2;
  private static final int WARM_UP_RATE = 10;
  private static final int WARM_UP_SECONDS = 8;
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private final Deployment ripen;
  private final Sizes sizes;
  private final Programs programs;

  LatencyBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.programs = ripen.programs();
  }

  /**
   * Milliseconds of the carts.
   *
   * @param fromAccepted from the door's answer to the final dot of the mail
   * @param fromDue from when the cart was to be posted
   */
  private record Latencies(Percentiles fromAccepted, Percentiles fromDue, Measured measured) {}

  void run(Report report) throws Exception {
    ripen.deployInstantFlow();
    Report.progress("latency: warm-up");
    measure("warm", WARM_UP_RATE, WARM_UP_SECONDS);
    Table table = new Table("milliseconds", "carts/s", "p50", "p90", "p99", "max");
    List<String> names = new ArrayList<>(List.of("CPU seconds per 1000 carts"));
    names.addAll(programs.cpuSeconds().keySet());
    Table cpu = new Table(names.toArray(String[]::new));
    for (int rate : sizes.rates()) {
      Report.progress("latency: %d carts a second for %d s", rate, sizes.seconds());
      Latencies latencies = measure("rate" + rate, rate, sizes.seconds());
      row(table, "accepted to handed over", rate, latencies.fromAccepted());
      row(table, "due at the door to handed over", rate, latencies.fromDue());
      List<Object> cells = new ArrayList<>(List.of("%d carts/s".formatted(rate)));
      for (String program : latencies.measured().cpuSeconds().keySet()) {
        cells.add(Table.number(latencies.measured().cpuPerThousand(program)));
      }
      cpu.row(cells.toArray());
    }
    report.heading("Latency");
    report.paragraph(
        """
        From the door's 200 for a cart to the final dot of its first e-mail, `%s` with its waits \
        set to zero; a second e-mail for each follows. Carts come at fixed times, %d s at each \
        rate."""
            .formatted(Deployment.FLOW, sizes.seconds()));
    report.table(table);
    report.table(cpu);
  }

  private static void row(Table table, String what, int rate, Percentiles times) {
    table.row(
        what,
        rate,
        Table.number(times.at(50)),
        Table.number(times.at(90)),
        Table.number(times.at(99)),
        Table.number(times.max()));
  }

  private Latencies measure(String group, int rate, int seconds) throws Exception {
    List<Shopper> shoppers = Shopper.group(group, rate * seconds);
    long[] due = new long[shoppers.size()];
    long[] accepted = new long[shoppers.size()];
    ripen.sink().clear();
    Measured measured =
        Measured.of(
            programs,
            shoppers.size(),
            () -> {
              post(shoppers, rate, due, accepted);
              ripen.sink().await(shoppers.size() * MAILS_PER_CART, STANDSTILL);
              return System.nanoTime();
            });
    Map<String, List<Long>> arrivals = ripen.sink().arrivals();
    List<Double> fromAccepted = new ArrayList<>();
    List<Double> fromDue = new ArrayList<>();
    for (int i = 0; i < due.length; i++) {
      List<Long> mails = arrivals.getOrDefault(shoppers.get(i).email(), List.of());
      if (mails.size() != MAILS_PER_CART) {
        throw new Failure(
            "%s has %d mails (expected: %d)"
                .formatted(shoppers.get(i).id(), mails.size(), MAILS_PER_CART));
      }
      fromAccepted.add((mails.getFirst() - accepted[i]) / 1e6);
      fromDue.add((mails.getFirst() - due[i]) / 1e6);
    }
    return new Latencies(new Percentiles(fromAccepted), new Percentiles(fromDue), measured);
  }

  private void post(List<Shopper> shoppers, int rate, long[] due, long[] accepted)
      throws Exception {
    List<byte[]> batches = shoppers.stream().map(Shopper::batch).toList();
    long start = System.nanoTime();
    try (Door door = ripen.door();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> posts = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        int number = i;
        due[i] = start + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due[i]) {
          LockSupport.parkNanos(due[i] - System.nanoTime());
        }
        posts.add(
            threads.submit(
                () -> {
                  door.post(batches.get(number));
                  accepted[number] = System.nanoTime();
                  return null;
                }));
      }
      for (Future<?> post : posts) {
        post.get();
      }
    }
  }
}
