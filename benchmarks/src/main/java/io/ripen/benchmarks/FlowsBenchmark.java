package io.ripen.benchmarks;

import java.util.List;

/**
 * Flow instances from the signal in the outbox to two mails in the sink each, beside the same flow
 * on the same broker with a worker that does nothing.
 */
final class FlowsBenchmark {

  private final Deployment ripen;
  private final Sizes sizes;
  private final Database database;
  private final Programs programs;
  private final Reminding reminding;

  FlowsBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.database = ripen.database();
    this.programs = ripen.programs();
    this.reminding = new Reminding(ripen, "flows", sizes.instances());
  }

  void run(Report report) throws Exception {
    int instances = sizes.instances();
    Report.progress("flows: %d carts", instances);
    reminding.leaveCartsBehind();
    ripen.deployInstantFlow();
    Comparison comparison =
        new Comparison("instances", "signal to mail server", "limit: a worker that does nothing");
    try (DoNothing limit = new DoNothing(ripen.zeebe())) {
      for (int round = 0; round <= sizes.rounds(); round++) {
        Report.round("flows", round, sizes.rounds());
        List<Measured> measured = List.of(reminding.round(), doNothing(limit, round));
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

  private Measured doNothing(DoNothing limit, int round) throws Exception {
    Measured measured =
        Measured.of(programs, sizes.instances(), () -> limit.run(sizes.instances()));
    database.await(
        "ended instances that did nothing",
        Deployment.ended(InstantFlow.DO_NOTHING),
        (round + 1L) * sizes.instances());
    return measured;
  }
}
