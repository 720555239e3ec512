package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Carts that were left behind, and the flow without waits for all of them, round by round: from the
 * signals in the outbox to two mails for each in the sink.
 */
final class Reminding {

  static final int MAILS_PER_INSTANCE = 2;
  private static final int CARTS_PER_BATCH = 100;

  /** On a machine that is busy with others, too, a try that failed comes back a minute later. */
  private static final Duration STANDSTILL = Duration.ofMinutes(3);

  private static final String RAISE =
      """
      insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
        occurred_at, raised_at, next_attempt_at)
      select 'cart.updated', lead_id, id::text, shop_id || ':' || ? || ':' || id, interval '0',
        jsonb_build_object('leadId', lead_id, 'cartId', id), now(), now(), now()
      from cart where shop_id like ?
      """;

  private final Deployment ripen;
  private final String group;
  private final int instances;
  private final Database database;
  private int rounds;

  /**
   * @param group a word that no other carts' ids begin with
   */
  Reminding(Deployment ripen, String group, int instances) {
    this.ripen = ripen;
    this.group = group;
    this.instances = instances;
    this.database = ripen.database();
  }

  /** Must be called while no flow waits, so that no signal is raised. */
  void leaveCartsBehind() throws Exception {
    try (Door door = ripen.door()) {
      for (int from = 0; from < instances; from += CARTS_PER_BATCH) {
        door.post(Shopper.batch(group, from, Math.min(instances, from + CARTS_PER_BATCH)));
      }
    }
    database.await(
        "carts",
        "select count(*) from cart where shop_id like '%s-%%'".formatted(group),
        instances);
  }

  /** One round; all has ended when it returns, and the read model has heard of it. */
  Measured round() throws Exception {
    ripen.sink().clear();
    long ended = database.number(Deployment.ended(Deployment.FLOW));
    Measured measured =
        Measured.of(
            ripen.programs(),
            instances,
            () -> {
              raise();
              ripen.sink().await(instances * MAILS_PER_INSTANCE, STANDSTILL);
              return ripen.sink().lastArrival();
            });
    database.await("ended instances", Deployment.ended(Deployment.FLOW), ended + instances);
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

  /** Raises a signal for each cart, which starts the flow as it is deployed now. */
  void raise() throws SQLException {
    database.update(RAISE, ++rounds, group + "-%");
  }
}
