package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A purchase after the hour has run out, and before the reminder has gone. */
@ExtendWith(DeploymentExtension.class)
class LastMomentIT {

  private final Deployment ripen;
  private final Reminders reminders;

  LastMomentIT(Deployment ripen) {
    this.ripen = ripen;
    this.reminders = new Reminders(ripen);
  }

  @AfterEach
  void workers_are_awake() {
    ripen.resumeWorkers();
  }

  @Test
  void purchase_between_timer_and_send_ends_the_flow() {
    List<Shopper> shoppers = remindersThatAreDueToFrozenWorkers();
    reminders.buyAndEnd(shoppers);
    ripen.resumeWorkers();

    reminders.assertOthersStillGetTheirs();
    reminders.assertMails(shoppers, 0);
  }

  @Test
  void worker_that_holds_the_job_already_asks_the_gate_and_does_not_send() {
    List<Shopper> shoppers = reminders.abandonedCarts(Reminders.MANY);
    try (Database.Lock ledger = ripen.database().lockLedger()) {
      ripen.advance(HOUR);
      soon("workers that hold their jobs and wait for the ledger").until(ledger::isWaitedFor);
      reminders.buy(shoppers);
    }

    soon("the gate's word").until(() -> reminders.states(shoppers).containsKey("denied"));
    reminders.assertOthersStillGetTheirs();
    reminders.assertMails(shoppers, 0);
    assertThat(reminders.states(shoppers)).containsOnlyKeys("denied");
  }

  /** Zeebe has reminders for workers who do not look at them. */
  private List<Shopper> remindersThatAreDueToFrozenWorkers() {
    List<Shopper> shoppers = reminders.abandonedCarts(Reminders.MANY);
    ripen.freezeWorkers();
    ripen.advance(HOUR);
    reminders.awaitDue(Reminders.MANY);
    return shoppers;
  }
}
