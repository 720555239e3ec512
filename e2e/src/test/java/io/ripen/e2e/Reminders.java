package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Patience.soonByAndBy;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Abandoned carts by the dozen, and what became of their reminders. */
final class Reminders {

  static final int MANY = 20;
  static final Duration HOUR = Duration.ofHours(1).plusSeconds(5);
  static final Duration DAY = Duration.ofDays(1).plusSeconds(5);

  private static final String WATCHING = "gateway_whatComesFirst";
  private static final String SENDING = "serviceTask_sendReminder";
  private static final String REMINDED = "gateway_whatComesNext";

  private final Deployment ripen;

  Reminders(Deployment ripen) {
    this.ripen = ripen;
  }

  static List<Shopper> people(int count) {
    return IntStream.range(0, count).mapToObj(i -> Shopper.named("shopper" + i)).toList();
  }

  static List<Map<String, Object>> abandoning(List<Shopper> shoppers) {
    return shoppers.stream()
        .flatMap(shopper -> shopper.leavesBehind(Product.KETTLE).stream())
        .toList();
  }

  /** So many people leave a cart behind; returns when Zeebe counts the hour for each of them. */
  List<Shopper> abandonedCarts(int count) {
    long before = ripen.database().waitingAt(WATCHING);
    List<Shopper> shoppers = people(count);
    assertThat(ripen.http().post(abandoning(shoppers)).statusCode()).isEqualTo(200);
    awaitWatched(before + count);
    return shoppers;
  }

  long watched() {
    return ripen.database().waitingAt(WATCHING);
  }

  /** Instances that wait the day after their first reminder. */
  long reminded() {
    return ripen.database().waitingAt(REMINDED);
  }

  void awaitWatched(long count) {
    soon("instances that count the hour").until(this::watched, watched -> watched == count);
  }

  /**
   * Half a minute goes by each second, until all touches are settled and the flows stand where they
   * stand after a reminder. Claims, jobs and retries run out meanwhile.
   */
  void awaitSettled(List<Shopper> shoppers) {
    soonByAndBy("touches that are settled", Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              ripen.letTimePass(Duration.ofSeconds(30));
              Map<String, List<String>> touches = ripen.database().touches(shoppers);
              assertThat(touches).hasSameSizeAs(shoppers);
              assertThat(touches.values())
                  .allSatisfy(
                      states ->
                          assertThat(states)
                              .singleElement()
                              .isIn("accepted", "rejected", "denied", "uncertain"));
              assertThat(ripen.database().waitingAt(SENDING)).isZero();
            });
  }

  /** So many instances have come to their reminder. */
  void awaitDue(long count) {
    soon("reminders that are due").until(() -> ripen.database().waitingAt(SENDING) == count);
  }

  /** Whoever was due a reminder got it once, and nobody got two. */
  void assertOneEach(List<Shopper> shoppers) {
    assertMails(shoppers, 1);
  }

  void assertMails(List<Shopper> shoppers, int count) {
    assertThat(shoppers)
        .allSatisfy(
            shopper ->
                assertThat(ripen.smtp().acceptedFor(shopper))
                    .as("mails for %s", shopper.email())
                    .hasSize(count));
  }

  /** How many of their touches are in each state. */
  Map<String, Long> states(List<Shopper> shoppers) {
    return ripen.database().touches(shoppers).values().stream()
        .flatMap(List::stream)
        .collect(groupingBy(state -> state, counting()));
  }

  /** They buy; returns when their orders are known. */
  void buy(List<Shopper> shoppers) {
    List<Map<String, Object>> orders =
        shoppers.stream().map(shopper -> shopper.buys(Product.KETTLE)).toList();
    assertThat(ripen.http().post(orders).statusCode()).isEqualTo(200);
    soon("orders").until(() -> shoppers.stream().allMatch(ripen.database()::hasOrdered));
  }

  /** They buy, so that nothing more is due to them. */
  void buyAndEnd(List<Shopper> shoppers) {
    buy(shoppers);
    soon("flows that have ended")
        .until(
            () ->
                watched()
                        + ripen.database().waitingAt(SENDING)
                        + ripen.database().waitingAt(REMINDED)
                    == 0);
  }

  /** One more cart gets its reminder: whatever was to be sent before it had its chance. */
  void assertOthersStillGetTheirs() {
    List<Shopper> one = abandonedCarts(1);
    ripen.advance(HOUR);
    awaitSettled(one);
    assertOneEach(one);
    buyAndEnd(one);
  }
}
