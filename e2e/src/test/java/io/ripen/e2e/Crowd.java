package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Shoppers who come one after the other, leave a cart behind, and are due two e-mails each. Their
 * events go to one engine or the other, as a load balancer does it: where nobody listens, the next
 * one gets them. What is refused is told again, as the SDKs do.
 */
final class Crowd implements AutoCloseable {

  private static final int MAILS_EACH = 2;

  /** Fewer than two cores could serve: who starts anew has some of them to itself. */
  private static final Duration PAUSE =
      Duration.ofMillis(Integer.getInteger("ripen.cluster.pause", 800));

  /** More than those who come while the flow's two waits last. */
  private static final int BACKLOG = (int) (Duration.ofSeconds(16).dividedBy(PAUSE));

  private final Cluster cluster;
  private final List<Shopper> accepted = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("crowd").unstarted(this::come);
  private volatile boolean coming = true;
  private volatile boolean waiting;

  Crowd(Cluster cluster) {
    this.cluster = cluster;
    thread.start();
  }

  private void come() {
    for (int i = 0; coming; i++) {
      Shopper shopper = Shopper.named("crowd" + i);
      List<Map<String, Object>> events = shopper.leavesBehind(Product.KETTLE);
      for (int door = i; coming && !takes(door, events); door++) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      if (coming) {
        accepted.add(shopper);
      }
      do {
        LockSupport.parkNanos(PAUSE.toNanos());
      } while (coming && waiting);
    }
  }

  private boolean takes(int door, List<Map<String, Object>> events) {
    Optional<Http> engine = cluster.door(door);
    if (engine.isEmpty()) {
      return false;
    }
    try {
      HttpResponse<String> answer = engine.get().post(events);
      if (answer.statusCode() == 200) {
        return true;
      }
      refusals.add("%d %s".formatted(answer.statusCode(), answer.body()));
    } catch (UncheckedIOException e) {
      // The balancer has not handed them over yet.
      if (!(e.getCause() instanceof ConnectException)) {
        refusals.add(e.getCause().toString());
      }
    }
    return false;
  }

  /** So many more of them have been there. */
  void awaitMore(int count) {
    int enough = accepted.size() + count;
    soon("shoppers").until(() -> accepted.size() >= enough);
  }

  /** So many of those who come from now on have all that is due to them. */
  void awaitMailsOfTheNext(int count) {
    int before = accepted.size();
    awaitMore(count);
    List<Shopper> newcomers = List.copyOf(accepted.subList(before, before + count));
    soon("mails of those who came last")
        .untilAsserted(
            () ->
                assertThat(cluster.database().settledMails(newcomers)).hasSize(count * MAILS_EACH));
  }

  /** How many are due to those who have been there. */
  int touches() {
    return accepted.size() * MAILS_EACH;
  }

  /** What the last death has held up is mostly done; nobody comes in the meantime. */
  void awaitFewUnsettled() {
    waiting = true;
    soon("a backlog that shrinks")
        .atMost(Duration.ofMinutes(3))
        .until(() -> touches() - cluster.database().settledMails(accepted).size() < BACKLOG);
    waiting = false;
  }

  /** No more of them come. */
  void goesHome() {
    coming = false;
    try {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What an engine answered that was no success, or broke. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Each has both mails once; but for those of which a dead worker cannot tell any more.
   *
   * @param uncertain the most that may be uncertain
   */
  void assertEachGotTheirMailsOnce(int uncertain) {
    Map<String, String> touches = settled();
    Map<String, Long> mails = mails(touches);
    assertThat(mails.values()).as("mails of one touch").allMatch(count -> count == 1);
    Set<String> missing = new HashSet<>();
    touches.forEach(
        (touch, state) -> {
          if (!mails.containsKey(touch)) {
            missing.add(state);
          }
        });
    assertThat(missing).as("states of touches without a mail").isSubsetOf("uncertain");
    assertThat(touches.values().stream().filter("uncertain"::equals).count())
        .isLessThanOrEqualTo(uncertain);
  }

  /**
   * Each has both mails, as the policy {@code resend} has it; of those of which a dead worker could
   * not tell any more perhaps twice.
   *
   * @param twice the most that may have come twice
   */
  void assertEachGotTheirMails(int twice) {
    Map<String, String> touches = settled();
    Map<String, Long> mails = mails(touches);
    assertThat(touches.values()).as("states").containsOnly("accepted");
    assertThat(mails.keySet()).as("touches with a mail").isEqualTo(touches.keySet());
    Map<String, Long> several = new HashMap<>(mails);
    several.values().removeIf(count -> count == 1);
    System.out.printf("twice: %d%n", several.size());
    assertThat(several.values()).as("mails of one touch").allMatch(count -> count == 2);
    assertThat(cluster.database().triedAgain(accepted)).containsAll(several.keySet());
    assertThat(several).hasSizeLessThanOrEqualTo(twice);
  }

  private Map<String, String> settled() {
    Database database = cluster.database();
    soon("touches that are settled")
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(() -> assertThat(database.settledMails(accepted)).hasSize(touches()));
    return database.settledMails(accepted);
  }

  /** How often the mail server has each. */
  private Map<String, Long> mails(Map<String, String> touches) {
    Map<String, Long> mails =
        cluster.smtp().acceptedFor(accepted).stream().collect(groupingBy(Crowd::touch, counting()));
    System.out.printf(
        "%d touches: %s; the mail server has %d%n",
        touches.size(),
        touches.values().stream().collect(groupingBy(state -> state, counting())),
        mails.size());
    return mails;
  }

  private static String touch(Mail mail) {
    return mail.header("Message-ID").replaceFirst("<([^@]+)@.*", "$1");
  }

  @Override
  public void close() {
    goesHome();
  }
}
