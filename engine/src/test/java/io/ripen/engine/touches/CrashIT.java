package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ripen.channels.SendResult;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Workers die at every point, jobs come twice, and workers race: one message in the end. */
class CrashIT {

  private TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void workerDiesOn(Touch touch) {
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    world.provider.isHealthy();
    world.catalog.killing = false;
  }

  private void resends() {
    world.close();
    world = new TouchWorld(WhenUncertain.RESEND);
  }

  @Test
  void killed_after_the_claim_it_is_sent_by_the_next_worker_when_the_lease_ends() {
    Touch touch = world.aTouch();
    world.catalog.killing = true;
    workerDiesOn(touch);
    assertThat(world.state(touch)).isEqualTo("claimed");

    assertThat(world.send(touch))
        .asInstanceOf(type(TryLater.class))
        .satisfies(
            later ->
                assertThat(later.delay()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5)));
    assertThat(world.row(touch)).as("no attempt is used up").containsEntry("attempts", 1);

    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void killed_while_talking_to_the_server_it_is_sent_by_the_next_worker() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          throw new Killed();
        });
    workerDiesOn(touch);

    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killed_after_the_point_of_no_return_it_is_taken_as_sent(boolean wasTaken) {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          if (wasTaken) {
            world.provider.taken().add(message);
          }
          throw new Killed();
        });
    workerDiesOn(touch);
    assertThat(world.state(touch)).isEqualTo("handing-over");
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);

    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("uncertain");
    assertThat(world.provider.taken()).hasSize(wasTaken ? 1 : 0);
  }

  @Test
  void killed_after_the_point_of_no_return_it_is_sent_again_where_the_policy_says_so() {
    resends();
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.provider.take(message, handOver);
          throw new Killed();
        });
    workerDiesOn(touch);

    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(2);
    assertThat(world.provider.taken().getFirst().messageId())
        .as("by which mailboxes can tell that it is one message")
        .isEqualTo(world.provider.taken().getLast().messageId());
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void a_lost_answer_is_asked_for_again_where_the_policy_says_so() {
    resends();
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Uncertain("lost"));

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch).get("hand_over_ended_at")).isNotNull();
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void a_worker_that_comes_back_from_the_dead_cannot_send() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.provider.isHealthy();
          world.leaseRunsOut(touch);
          assertThat(world.send(touch)).as("another worker meanwhile").isEqualTo(new Done());
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.provider.taken()).hasSize(1);
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void a_late_worker_whose_claim_ran_out_comes_back_for_another() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.leaseRunsOut(touch);
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch))
        .as("others do not count it any more")
        .isInstanceOf(TryLater.class);
    assertThat(world.provider.taken()).isEmpty();

    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void an_answer_that_comes_after_the_touch_was_taken_for_uncertain_settles_it() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          SendResult result = world.provider.take(message, handOver);
          world.leaseRunsOut(touch);
          assertThat(world.send(touch)).isEqualTo(new Done());
          assertThat(world.state(touch)).isEqualTo("uncertain");
          return result;
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void a_refusal_that_comes_after_the_touch_was_taken_for_uncertain_is_kept() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          world.leaseRunsOut(touch);
          world.send(touch);
          return new SendResult.Rejected("550 spam");
        });

    assertThat(world.send(touch)).isEqualTo(new Rejected("550 spam"));
    assertThat(world.state(touch)).isEqualTo("rejected");
  }

  @Test
  void the_truth_that_a_message_is_accepted_stops_another_worker_that_prepares_it() {
    resends();
    Touch touch = world.aTouch();
    world.provider.behaves(
        (first, handOver) -> {
          SendResult accepted = world.provider.take(first, handOver);
          world.leaseRunsOut(touch);
          // The other worker has claimed, and then the first one's answer arrives.
          world.catalog.killing = true;
          assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
          world.catalog.killing = false;
          return accepted;
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("accepted");
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void a_refusal_for_now_is_written_down_when_the_database_is_back_and_it_is_sent_later() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          world.databaseIsAwayFor(Duration.ofMinutes(3));
          return new SendResult.Retryable("451 later", Duration.ZERO);
        });

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("planned");
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void an_acceptance_is_written_down_when_the_database_is_back() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          SendResult accepted = world.provider.take(message, handOver);
          world.databaseIsAwayFor(Duration.ofMinutes(3));
          return accepted;
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void a_database_that_is_away_for_longer_than_the_lease_is_given_up() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          world.databaseIsAwayFor(Duration.ofMinutes(10));
          return new SendResult.Retryable("451 later", Duration.ZERO);
        });

    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(DataAccessException.class);
    world.databaseIsBack();
    assertThat(world.state(touch)).isEqualTo("handing-over");
    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("uncertain");
  }

  @Test
  void two_workers_with_one_job_give_one_message() throws Exception {
    Touch touch = world.aTouch();
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    world.provider.behaves(
        (message, handOver) -> {
          sending.countDown();
          await(asked);
          return world.provider.take(message, handOver);
        });
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TouchOutcome> first = other.submit(() -> world.send(touch));
      await(sending);
      assertThat(world.send(touch)).isInstanceOf(TryLater.class);
      asked.countDown();
      assertThat(first.get()).isEqualTo(new Done());
    }
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void of_a_thousand_workers_with_one_job_one_sends() throws Exception {
    Touch touch = world.aTouch();
    CyclicBarrier together = new CyclicBarrier(1_000);
    List<Future<TouchOutcome>> outcomes = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1_000; i++) {
        outcomes.add(
            workers.submit(
                () -> {
                  together.await();
                  return world.send(touch);
                }));
      }
    }
    int done = 0;
    for (Future<TouchOutcome> outcome : outcomes) {
      assertThat(outcome.get()).isInstanceOfAny(Done.class, TryLater.class);
      done += outcome.get() instanceof Done ? 1 : 0;
    }
    assertThat(done).isPositive();
    assertThat(world.provider.taken()).hasSize(1);
    assertThat(world.row(touch)).containsEntry("attempts", 1);
  }

  @Test
  void hundreds_of_touches_at_once_give_one_message_each() throws Exception {
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      touches.add(world.aTouch());
    }
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Touch touch : touches) {
        workers.execute(() -> world.send(touch));
        workers.execute(() -> world.send(touch));
      }
    }
    assertThat(world.provider.taken()).hasSize(300);
    assertThat(world.provider.taken().stream().map(m -> m.messageId()).distinct()).hasSize(300);
  }

  /** Whatever befalls the workers of a touch, in whatever order, one message is the most. */
  @ParameterizedTest
  @EnumSource(WhenUncertain.class)
  void any_row_of_mishaps_ends_with_the_right_number_of_messages(WhenUncertain policy) {
    world.close();
    world = new TouchWorld(policy);
    Random random = new Random(42);
    List<Mishap> mishaps = List.of(Mishap.values());
    for (int round = 0; round < 60; round++) {
      Touch touch = world.aTouch();
      world.provider.taken().clear();
      boolean uncertain = false;
      StringBuilder story = new StringBuilder();
      for (int step = 0; step < 6; step++) {
        Mishap mishap = pick(mishaps, random);
        story.append(mishap).append(' ');
        uncertain |= mishap.befalls(world, touch);
      }
      world.provider.isHealthy();
      world.catalog.killing = false;
      world.leaseRunsOut(touch);

      assertThat(world.send(touch)).as(story.toString()).isEqualTo(new Done());
      if (policy == WhenUncertain.ASSUME_SENT) {
        assertThat(world.provider.taken().size()).as(story.toString()).isLessThanOrEqualTo(1);
      } else {
        assertThat(world.provider.taken().size()).as(story.toString()).isPositive();
      }
      if (!uncertain) {
        assertThat(world.provider.taken()).as(story.toString()).hasSize(1);
      }
    }
  }

  /**
   * Whatever befalls them, and however it ends: what may be out counts for caps, and is never told
   * to the flow as not sent; what certainly is not, neither counts nor stays uncertain.
   */
  @ParameterizedTest
  @EnumSource(WhenUncertain.class)
  void any_row_of_mishaps_ends_in_the_right_state(WhenUncertain policy) {
    world.close();
    world = new TouchWorld(policy);
    Random random = new Random(7);
    List<Mishap> mishaps = List.of(Mishap.values());
    List<Ending> endings = List.of(Ending.values());
    for (int round = 0; round < 150; round++) {
      Touch touch = world.aTouch();
      boolean uncertain = false;
      StringBuilder story = new StringBuilder();
      for (int step = 0; step < 4; step++) {
        Mishap mishap = step == 0 ? Mishap.SERVER_IS_DOWN : pick(mishaps, random);
        story.append(mishap).append(' ');
        uncertain |= mishap.befalls(world, touch);
        if (uncertain) {
          assertThat(world.row(touch).get("handed_over_at")).as(story.toString()).isNotNull();
        }
      }
      world.provider.isHealthy();
      world.catalog.killing = false;
      world.leaseRunsOut(touch);
      boolean accepted = world.state(touch).equals("accepted");

      Ending ending = endings.get(round % endings.size());
      story.append(ending);
      ending.comes(world, touch);

      String expected =
          accepted || (uncertain && policy == WhenUncertain.RESEND && ending == Ending.GOES_OUT)
              ? "accepted"
              : uncertain ? "uncertain" : ending.certain();
      Map<String, Object> row = world.row(touch);
      assertThat(row).as(story.toString()).containsEntry("state", expected);
      assertThat(row.get("handed_over_at") != null)
          .as("whether it counts: %s", story)
          .isEqualTo(expected.equals("accepted") || expected.equals("uncertain"));
    }
  }

  private static Mishap pick(List<Mishap> mishaps, Random random) {
    return mishaps.get(random.nextInt(mishaps.size()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
