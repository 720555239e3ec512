package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.engine.touches.Touch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Touches that go out while workers and engine are killed every few seconds, and what the mail
 * server has of them in the end.
 */
final class DeathsBenchmark {

  private static final int WORKERS = 3;

  /** About as long as a mail server thinks; so a kill often meets a message on its way. */
  private static final Duration THINKS = Duration.ofMillis(40);

  /**
   * Between two kills, beside the time until there is somebody to kill. To start takes some eight
   * seconds of a core: with less peace two cores do nothing else.
   */
  private static final Duration LONGEST_PEACE = Duration.ofSeconds(25);

  /** What the dead held comes back within seconds, so that others have something to die with. */
  private static final Map<String, String> SOON_BACK =
      Map.of(
          "ripen.email.answer-timeout", "5s",
          "ripen.email.lease", "15s",
          "camunda.client.worker.override.send-email.timeout", "20s",
          "camunda.client.worker.override.send-best.timeout", "20s");

  /** Claims and jobs of the dead run out, one after the other. */
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private static final String OURS =
      " from touch where channel = 'email' and cart_id in (select id from cart where shop_id like 'deaths-%') ";

  private final Deployment ripen;
  private final Database database;
  private final int instances;
  private final WhenUncertain policy;
  private final Random random = new Random(1);

  DeathsBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.database = ripen.database();
    this.policy = sizes.whenUncertain();
    this.instances = Math.ceilDiv(sizes.touches(), Reminding.MAILS_PER_INSTANCE);
  }

  void run(Report report) throws Exception {
    int touches = instances * Reminding.MAILS_PER_INSTANCE;
    Report.progress("deaths: %d carts", instances);
    Reminding reminding = new Reminding(ripen, "deaths", instances);
    reminding.leaveCartsBehind();
    ripen.deployInstantFlow();
    ripen.set(WhenUncertain.SETTING, policy.toString());
    SOON_BACK.forEach(ripen::set);
    ripen.replaceWorkers();
    for (int i = 1; i < WORKERS; i++) {
      ripen.startWorkers();
    }
    ripen.awaitReady();
    ripen.sink().clear();
    ripen.sink().thinks(THINKS);
    long start = System.nanoTime();
    reminding.raise();
    int kills = killUntilNearlyDone(touches);
    double killing = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    awaitSettled(touches);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    ripen.sink().thinks(Duration.ZERO);

    report.heading("Deaths");
    report.paragraph(
        """
        %,d touches of %,d instances within %,d s, by %d processes of workers. One of these or \
        the engine was killed (SIGKILL) %d times within the first %,.0f s, one every %.1f s: \
        up to %d s after it was ready. What the dead held comes back after 20 s. The mail server \
        thinks for %d ms. `%s` is `%s`."""
            .formatted(
                touches,
                instances,
                seconds,
                WORKERS,
                kills,
                killing,
                killing / kills,
                LONGEST_PEACE.toSeconds(),
                THINKS.toMillis(),
                WhenUncertain.SETTING,
                policy));
    Deaths deaths =
        new Deaths(
            policy,
            touches,
            those("state = 'accepted'"),
            those("state = 'uncertain'"),
            those("attempts > 1"),
            ripen.sink().byMessageId());
    report.table(deaths.table());
    deaths.check();
  }

  private Set<String> those(String condition) throws SQLException {
    return database.strings("select " + Touch.MESSAGE_ID + OURS + "and " + condition);
  }

  /** How many it killed. */
  private int killUntilNearlyDone(int touches) throws Exception {
    int kills = 0;
    long deadline = System.nanoTime() + Duration.ofHours(1).toNanos();
    while (settled() < touches * 0.95) {
      if (System.nanoTime() > deadline) {
        throw new Failure("%d of %d touches settled within an hour".formatted(settled(), touches));
      }
      Thread.sleep(random.nextLong(LONGEST_PEACE.toMillis()));
      kills++;
      if (kills % 4 == 0) {
        ripen.killEngine();
      } else {
        ripen.killWorkers();
      }
      Report.progress("deaths: %d killed, %d of %d touches settled", kills, settled(), touches);
    }
    return kills;
  }

  private void awaitSettled(int touches) throws SQLException, InterruptedException {
    long before = settled();
    long changed = System.nanoTime();
    for (long now = before; now < touches; now = settled()) {
      if (now != before) {
        before = now;
        changed = System.nanoTime();
      } else if (System.nanoTime() - changed > STANDSTILL.toNanos()) {
        throw new Failure(
            "%d of %d touches are settled, and no more for %d min"
                .formatted(now, touches, STANDSTILL.toMinutes()));
      }
      Thread.sleep(1000);
    }
  }

  private long settled() throws SQLException {
    return database.number(
        "select count(*)" + OURS + "and state in ('accepted', 'rejected', 'denied', 'uncertain')");
  }
}
