package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Patience.soonByAndBy;
import static io.ripen.e2e.Reminders.DAY;
import static io.ripen.e2e.Reminders.HOUR;
import static io.ripen.e2e.Reminders.MANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that die, refuse or repeat themselves while carts are abandoned. */
@ExtendWith(DeploymentExtension.class)
class OutagesIT {

  private final Deployment ripen;
  private final Reminders reminders;
  private final List<Shopper> shoppers = new ArrayList<>();

  OutagesIT(Deployment ripen) {
    this.ripen = ripen;
    this.reminders = new Reminders(ripen);
  }

  @AfterEach
  void all_is_well_again() {
    ripen.smtp().playWell();
    reminders.buyAndEnd(shoppers);
  }

  @Test
  void broker_killed_mid_flow_loses_no_cart_and_no_second_reminder() {
    shoppers.addAll(reminders.abandonedCarts(MANY));
    ripen.kill(Part.ZEEBE);
    shoppers.addAll(abandonedMeanwhile());
    ripen.start(Part.ZEEBE);
    reminders.awaitWatched(2 * MANY);

    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);

    ripen.kill(Part.ZEEBE);
    ripen.start(Part.ZEEBE);
    ripen.advance(DAY);
    soonByAndBy("second reminders", Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              ripen.letTimePass(Duration.ofSeconds(30));
              reminders.assertMails(shoppers, 2);
            });
    assertThat(ripen.smtp().acceptedFor(shoppers)).extracting(Mail::subject).doesNotContain("");
    assertThat(ripen.smtp().acceptedFor(shoppers.getFirst()))
        .extracting(Mail::subject)
        .doesNotHaveDuplicates();
  }

  @Test
  void kafka_killed_mid_flow_refuses_or_keeps_every_event() {
    shoppers.addAll(reminders.abandonedCarts(MANY));
    ripen.kill(Part.KAFKA);
    List<Shopper> meanwhile = Reminders.people(MANY);
    List<Map<String, Object>> events = Reminders.abandoning(meanwhile);
    int answer = ripen.http().post(events).statusCode();
    ripen.start(Part.KAFKA);
    shoppers.addAll(meanwhile);

    assertThat(answer).isEqualTo(503);
    soon("events that are taken again").until(() -> ripen.http().post(events).statusCode() == 200);
    reminders.awaitWatched(2 * MANY);
    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  @Test
  void postgres_killed_mid_flow_and_while_mails_go_out_loses_and_doubles_nothing() {
    shoppers.addAll(reminders.abandonedCarts(MANY));
    ripen.kill(Part.POSTGRES);
    shoppers.addAll(abandonedMeanwhile());
    ripen.start(Part.POSTGRES);
    reminders.awaitWatched(2 * MANY);

    OneAtATime one = new OneAtATime(() -> ripen.kill(Part.POSTGRES));
    ripen.smtp().playTo(shoppers, one);
    ripen.advance(HOUR);
    soon("the first mail").until(() -> !ripen.smtp().acceptedFor(shoppers).isEmpty());
    one.letOthersGo();
    ripen.start(Part.POSTGRES);

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  @Test
  void engine_killed_while_events_come_in_applies_each_once() {
    List<Shopper> people = Reminders.people(MANY);
    shoppers.addAll(people);
    List<Map<String, Object>> events = Reminders.abandoning(people);
    for (int at = 0; at < events.size(); at += 3) {
      assertThat(ripen.http().post(events.subList(at, at + 3)).statusCode()).isEqualTo(200);
    }
    ripen.killEngine();
    ripen.startEngine();
    reminders.awaitWatched(MANY);

    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  @Test
  void smtp_server_that_is_away_and_greylists_for_a_while_gets_each_mail_once() {
    shoppers.addAll(reminders.abandonedCarts(MANY));
    ripen.smtp().goDown();
    ripen.advance(HOUR);
    soon("planned touches").until(() -> reminders.states(shoppers).size() > 0);
    AtomicInteger asked = new AtomicInteger();
    ripen
        .smtp()
        .playTo(
            shoppers,
            (stage, recipient) ->
                asked.incrementAndGet() <= 2 * MANY ? ScriptedSmtp.GREYLISTED : ScriptedSmtp.OK);
    ripen.smtp().comeBack();

    // It is left alone for half a real minute, and delays between tries have grown meanwhile.
    soonByAndBy("mails that got through", Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              ripen.advance(Duration.ofMinutes(10));
              assertThat(reminders.states(shoppers)).isEqualTo(Map.of("accepted", (long) MANY));
            });
    assertThat(asked).hasValueGreaterThan(3 * MANY);
    reminders.assertOneEach(shoppers);
  }

  @Test
  void permanent_refusal_is_recorded_and_the_flow_takes_the_drawn_way_out() {
    shoppers.addAll(reminders.abandonedCarts(MANY));
    Shopper unknown = shoppers.getFirst();
    ripen
        .smtp()
        .playTo(
            shoppers,
            (stage, recipient) ->
                recipient.equals(unknown.email()) ? ScriptedSmtp.NO_SUCH_USER : ScriptedSmtp.OK);
    long endedBefore = ripen.database().completedAt("endEvent_reminderNotSent");

    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    reminders.assertMails(List.of(unknown), 0);
    reminders.assertOneEach(shoppers.subList(1, MANY));
    assertThat(ripen.database().touches(unknown)).containsExactly("rejected");
    soon("the drawn way out")
        .until(() -> ripen.database().completedAt("endEvent_reminderNotSent") == endedBefore + 1);
  }

  @Test
  void events_delivered_three_times_count_once() {
    List<Shopper> people = Reminders.people(MANY);
    shoppers.addAll(people);
    List<Map<String, Object>> events = Reminders.abandoning(people);
    for (int time = 0; time < 3; time++) {
      assertThat(ripen.http().post(events).statusCode()).isEqualTo(200);
    }
    reminders.awaitWatched(MANY);
    ripen.advance(HOUR);
    reminders.awaitSettled(shoppers);
    assertThat(ripen.http().post(events).statusCode()).isEqualTo(200);
    // When somebody else's cart is known, so is what came before it.
    List<Shopper> other = reminders.abandonedCarts(1);
    ripen.advance(HOUR);
    reminders.awaitSettled(other);

    assertThat(ripen.database().events(people.getFirst())).isEqualTo(3);
    assertThat(reminders.watched()).isZero();
    reminders.assertOneEach(people);
    shoppers.addAll(other);
  }

  /** Accepted while a server is away: they have to be there when it comes back. */
  private List<Shopper> abandonedMeanwhile() {
    List<Shopper> meanwhile = Reminders.people(MANY);
    assertThat(ripen.http().post(Reminders.abandoning(meanwhile)).statusCode()).isEqualTo(200);
    return meanwhile;
  }
}
