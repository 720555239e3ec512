package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static io.ripen.e2e.Reminders.MANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.Part;
import io.ripen.e2e.ScriptedSmtp.Stage;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that die at the worst moments. */
@ExtendWith(DeploymentExtension.class)
class WorkerDeathsIT {

  private static final Duration LONGER_THAN_A_JOB = Duration.ofMinutes(6);

  private final Deployment ripen;
  private final Reminders reminders;
  private List<Shopper> shoppers = List.of();

  WorkerDeathsIT(Deployment ripen) {
    this.ripen = ripen;
    this.reminders = new Reminders(ripen);
  }

  @AfterEach
  void all_is_well_again() {
    ripen.resume(Part.ZEEBE);
    ripen.smtp().playWell();
    ripen.renewWorkers();
    reminders.buyAndEnd(shoppers);
  }

  @Test
  void worker_killed_between_claim_and_hand_over_sends_again() {
    shoppers = reminders.abandonedCarts(MANY);
    Pause beforeAnythingIsSent = new Pause();
    ripen.smtp().playTo(shoppers, holdingAt(Stage.RECIPIENT, beforeAnythingIsSent));

    ripen.advance(HOUR);
    beforeAnythingIsSent.awaitReached();
    assertThat(reminders.states(shoppers)).containsKey("claimed");
    ripen.killWorkers();
    ripen.smtp().playWell();
    beforeAnythingIsSent.end();
    assertThat(ripen.smtp().acceptedFor(shoppers)).isEmpty();
    ripen.letTimePass(LONGER_THAN_A_JOB);
    ripen.startWorkers(1);

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
    assertThat(reminders.states(shoppers)).isEqualTo(Map.of("accepted", (long) MANY));
  }

  @Test
  void worker_killed_between_the_commit_and_the_jobs_completion_does_not_send_again() {
    shoppers = reminders.abandonedCarts(MANY);
    OneAtATime one = new OneAtATime(() -> ripen.freeze(Part.ZEEBE));
    ripen.smtp().playTo(shoppers, one);

    ripen.advance(HOUR);
    soon("an accepted touch").until(() -> reminders.states(shoppers).containsKey("accepted"));
    ripen.killWorkers();
    one.letOthersGo();
    ripen.resume(Part.ZEEBE);
    ripen.letTimePass(LONGER_THAN_A_JOB);
    ripen.startWorkers(1);

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  @Test
  void worker_killed_between_the_servers_250_and_the_commit_leaves_it_uncertain_and_sends_once() {
    shoppers = reminders.abandonedCarts(MANY);
    diesWithTheAnswerInItsHands();
    ripen.startWorkers(1);

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
    assertThat(reminders.states(shoppers))
        .isEqualTo(Map.of("uncertain", 1L, "accepted", (long) MANY - 1));
    assertThat(uncertain()).contains("may have been sent");
  }

  @Test
  void policy_resend_sends_the_uncertain_one_again_under_the_same_message_id() {
    shoppers = reminders.abandonedCarts(3);
    diesWithTheAnswerInItsHands();
    ripen.startWorkers(1, "--ripen.touches.when-uncertain.email=resend");

    reminders.awaitSettled(shoppers);
    List<Mail> mails = ripen.smtp().acceptedFor(shoppers);
    assertThat(mails).hasSize(4);
    assertThat(mails.stream().map(mail -> mail.header("Message-ID")).distinct()).hasSize(3);
  }

  /** Nobody moves the time here, so no job times out: the worker has to tell it again. */
  @Test
  void what_came_of_a_job_is_told_again_when_zeebe_was_away() {
    shoppers = reminders.abandonedCarts(MANY);
    Pause beforeTheAnswer = new Pause();
    ripen.smtp().playTo(shoppers, holdingAt(Stage.FINAL_DOT, beforeTheAnswer));
    ripen.advance(HOUR);
    beforeTheAnswer.awaitReached();
    ripen.kill(Part.ZEEBE);
    ripen.smtp().playWell();
    beforeTheAnswer.end();
    soon("an accepted touch").until(() -> reminders.states(shoppers).containsKey("accepted"));
    long told = reminders.reminded() + reminders.states(shoppers).get("accepted");
    ripen.start(Part.ZEEBE);

    soon("jobs that are done").until(() -> reminders.reminded() >= told);
    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  /** Nobody moves the time here either: all is told before the worker ends. */
  @Test
  void worker_that_is_told_to_end_hears_the_servers_answers_first() {
    shoppers = reminders.abandonedCarts(2);
    Shopper gone = shoppers.getLast();
    Pause beforeTheAnswers = new Pause();
    ripen
        .smtp()
        .playTo(
            shoppers,
            (stage, recipient) -> {
              if (stage == Stage.RECIPIENT) {
                return ScriptedSmtp.OK;
              }
              beforeTheAnswers.hold();
              return recipient.equals(gone.email()) ? ScriptedSmtp.NO_SUCH_USER : ScriptedSmtp.OK;
            });
    ripen.advance(HOUR);
    soon("messages that are handed over")
        .until(() -> reminders.states(shoppers).equals(Map.of("handing-over", 2L)));

    ripen.tellWorkersToEnd();
    soon("a worker that is about to end")
        .until(
            () ->
                ripen.workersHttp().get("/actuator/health/readiness").statusCode()
                    == HttpURLConnection.HTTP_UNAVAILABLE);
    beforeTheAnswers.end();
    ripen.awaitWorkersEnd();

    assertThat(reminders.states(shoppers)).isEqualTo(Map.of("accepted", 1L, "rejected", 1L));
    assertThat(ripen.database().isClosed(gone.email())).isTrue();
    reminders.awaitDue(0);
  }

  @Test
  void job_delivered_twice_while_the_server_stalls_sends_once() {
    ripen.startWorkers(1);
    shoppers = reminders.abandonedCarts(MANY);
    Pause beforeTheAnswer = new Pause();
    ripen.smtp().playTo(shoppers, holdingAt(Stage.FINAL_DOT, beforeTheAnswer));

    ripen.advance(HOUR);
    beforeTheAnswer.awaitReached();
    long timedOut = ripen.timedOutJobs();
    ripen.advance(LONGER_THAN_A_JOB);
    soon("jobs that are handed out again").until(() -> ripen.timedOutJobs() > timedOut);
    ripen.smtp().playWell();
    beforeTheAnswer.end();

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
    assertThat(reminders.states(shoppers)).isEqualTo(Map.of("accepted", (long) MANY));
  }

  @Test
  void worker_that_is_slower_than_its_claim_and_one_that_takes_over_send_once() {
    ripen.startWorkers(1);
    shoppers = reminders.abandonedCarts(MANY);
    Pause beforeTheAnswer = new Pause();
    ripen.smtp().playTo(shoppers, holdingAt(Stage.FINAL_DOT, beforeTheAnswer));

    ripen.advance(HOUR);
    beforeTheAnswer.awaitReached();
    ripen.letTimePass(LONGER_THAN_A_JOB);
    soon("a touch that another worker gave up for lost")
        .until(() -> reminders.states(shoppers).containsKey("uncertain"));
    ripen.smtp().playWell();
    beforeTheAnswer.end();

    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
  }

  /** Frozen before the server answers, killed with the answer unread. */
  private void diesWithTheAnswerInItsHands() {
    OneAtATime one = new OneAtATime(ripen::freezeWorkers);
    ripen.smtp().playTo(shoppers, one);
    ripen.advance(HOUR);
    soon("the server's word").until(() -> ripen.smtp().acceptedFor(shoppers).size() == 1);
    ripen.killWorkers();
    one.letOthersGo();
    ripen.letTimePass(LONGER_THAN_A_JOB);
  }

  private String uncertain() {
    Shopper one =
        shoppers.stream()
            .filter(shopper -> ripen.database().touches(shopper).contains("uncertain"))
            .findFirst()
            .orElseThrow();
    return ripen.http().get("/leads/" + ripen.database().leadOf(one)).body();
  }

  private static ScriptedSmtp.Script holdingAt(Stage where, Pause pause) {
    return (stage, recipient) -> {
      if (stage == where) {
        pause.hold();
      }
      return ScriptedSmtp.OK;
    };
  }
}
