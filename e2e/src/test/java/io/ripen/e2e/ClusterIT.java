package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Containers die, are cut off and are replaced while shoppers leave their carts behind. */
@OwnStack
@EnabledIfEnvironmentVariable(
    named = "RIPEN_DOCKER",
    matches = "true",
    disabledReason = "It needs Docker Engine and the images; CONTRIBUTING.md says how to run it")
class ClusterIT {

  /** To the mail server, of each worker; so many can be on their way at once. */
  private static final int CONNECTIONS = 8;

  /** CI has one round of deaths; CONTRIBUTING.md says how to have more. */
  private static final int TOUCHES = Integer.getInteger("ripen.cluster.touches", 0);

  /** CI has what is shipped, which doubles none; {@code resend} loses none. */
  private static final String WHEN_UNCERTAIN =
      System.getProperty("ripen.cluster.when-uncertain", "assume-sent");

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(WHEN_UNCERTAIN);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void whichever_container_dies_nothing_is_lost_and_nothing_doubled() {
    int rounds = 0;
    try (Crowd crowd = new Crowd(cluster)) {
      do {
        for (Box box : all()) {
          crowd.awaitFewUnsettled();
          // By then mails go out to the first of them.
          crowd.awaitMore(8);
          box.kill();
          box.startAgain();
        }
        rounds++;
      } while (crowd.touches() < TOUCHES);
      crowd.goesHome();
      // Each of the two workers has so many in its hands at most.
      int inHands = 2 * CONNECTIONS * rounds;
      if (WHEN_UNCERTAIN.equals("resend")) {
        crowd.assertEachGotTheirMails(inHands);
      } else {
        crowd.assertEachGotTheirMailsOnce(inHands);
      }
    }
  }

  private static List<Box> all() {
    return Stream.of(
            cluster.workers().subList(0, 1),
            cluster.engines().subList(0, 1),
            cluster.followersOf(1),
            List.of(cluster.leaderOf(1)),
            List.of(cluster.kafka(), cluster.postgres()),
            cluster.workers().subList(1, 2),
            cluster.engines().subList(1, 2))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void a_leader_that_is_cut_off_leads_no_more_and_repeats_nothing() {
    try (Crowd crowd = new Crowd(cluster)) {
      crowd.awaitMore(8);
      Box cut = cluster.leaderOf(1);
      cut.cutOff();
      soon("another leader").until(() -> !cluster.leaderOf(1).equals(cut));
      crowd.awaitMailsOfTheNext(10);
      cut.connectAgain();
      cut.awaitReady();
      crowd.goesHome();
      crowd.assertEachGotTheirMailsOnce(0);
    }
  }

  @Test
  void engines_and_workers_are_replaced_one_by_one_and_no_shopper_notices() {
    try (Crowd crowd = new Crowd(cluster)) {
      for (Box box :
          Stream.concat(cluster.engines().stream(), cluster.workers().stream()).toList()) {
        crowd.awaitMore(8);
        box.end();
        crowd.awaitMore(4);
        box.startAgain();
      }
      crowd.goesHome();
      assertThat(crowd.refusals()).isEmpty();
      crowd.assertEachGotTheirMailsOnce(0);
    }
  }
}
