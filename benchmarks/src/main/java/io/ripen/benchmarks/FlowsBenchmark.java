package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Flow instances from the signal in the outbox to two mails in the sink each, beside the same flow
 * on the same broker with a worker that does nothing.
 */
final class FlowsBenchmark {

  private static final int MAILS_PER_INSTANCE = 2;
  private static final int CARTS_PER_BATCH = 100;
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private static final String RAISE =
      """
      insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
        occurred_at, raised_at, next_attempt_at)
      select 'cart.updated', lead_id, id::text, 'flows-' || ? || ':' || id, interval '0',
        jsonb_build_object('leadId', lead_id, 'cartId', id), now(), now(), now()
      from cart where shop_id like 'flows-%'
      """;

  private final Deployment ripen;
  private final Sizes sizes;
  private final Database database;
  private final Programs programs;

  FlowsBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.database = ripen.database();
    this.programs = ripen.programs();
  }

  void run(Report report) throws Exception {
    int instances = sizes.instances();
    Report.progress("flows: %d carts", instances);
    leaveCartsBehind(instances);
    ripen.deployInstantFlow();
    Comparison comparison =
        new Comparison("instances", "signal to mail server", "limit: a worker that does nothing");
    try (DoNothing limit = new DoNothing(ripen.zeebe())) {
      for (int round = 0; round <= sizes.rounds(); round++) {
        Report.round("flows", round, sizes.rounds());
        List<Measured> measured = List.of(ripen(round), doNothing(limit, round));
        if (round > 0) {
          comparison.add(measured);
        }
      }
    }
    report.heading("Flows");
    report.paragraph(
        """
        %,d instances a round of `%s` with its waits set to zero: from the signals in the outbox \
        to the last of two mails for each in the mail server. Beside it the same BPMN on the same \
        broker, its jobs completed by a worker that does nothing; both with Ripen's exporter and \
        its read model."""
            .formatted(instances, Deployment.FLOW));
    comparison.print(report);
  }

  /** While no flow waits, so that no signal is raised. */
  private void leaveCartsBehind(int count) throws Exception {
    try (Door door = ripen.door()) {
      for (int from = 0; from < count; from += CARTS_PER_BATCH) {
        door.post(Shopper.batch("flows", from, Math.min(count, from + CARTS_PER_BATCH)));
      }
    }
    database.await("carts", "select count(*) from cart where shop_id like 'flows-%'", count);
  }

  private Measured ripen(int round) throws Exception {
    int instances = sizes.instances();
    int mails = instances * MAILS_PER_INSTANCE;
    ripen.sink().clear();
    Measured measured =
        Measured.of(
            programs,
            instances,
            () -> {
              database.update(RAISE, round);
              ripen.sink().await(mails, STANDSTILL);
              return ripen.sink().lastArrival();
            });
    settle(Deployment.FLOW, round);
    Map<String, List<Long>> arrivals = ripen.sink().arrivals();
    boolean exact =
        arrivals.size() == instances
            && arrivals.values().stream().allMatch(times -> times.size() == MAILS_PER_INSTANCE);
    if (!exact) {
      throw new Failure(
          "%d people have mail (expected: %d, and %d each)"
              .formatted(arrivals.size(), instances, MAILS_PER_INSTANCE));
    }
    return measured;
  }

  private Measured doNothing(DoNothing limit, int round) throws Exception {
    Measured measured =
        Measured.of(programs, sizes.instances(), () -> limit.run(sizes.instances()));
    settle(InstantFlow.DO_NOTHING, round);
    return measured;
  }

  /** Until all instances have ended where they should, and the read model has heard of it. */
  private void settle(String processId, int round) throws SQLException, InterruptedException {
    database.await(
        "ended instances of " + processId,
        Deployment.ended(processId),
        (round + 1L) * sizes.instances());
  }
}
