package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.spring.configuration.CamundaAutoConfiguration;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.standstill.Turnstile;
import io.ripen.engine.touches.SendTouch;
import io.ripen.engine.touches.Touch;
import io.ripen.engine.touches.TouchOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A process that is told to end while a message is on its way. */
@ExtendWith(OutputCaptureExtension.class)
class LastJobsTest {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final long KEY = 77;

  private final JobGateway zeebe = new JobGateway();
  private final Provider provider = new Provider();

  @AfterEach
  void end() {
    provider.answers.complete(new TouchOutcome.Done());
    zeebe.close();
  }

  @Test
  void what_is_being_sent_is_sent_to_its_end_and_told() {
    CompletableFuture<Void> end = endsWhileSending("60s");

    provider.answers.complete(new TouchOutcome.Done());

    assertThat(end).succeedsWithin(SOON);
    assertThat(provider.isInterrupted).isFalse();
    assertThat(zeebe.told()).containsExactly("CompleteJob 77");
  }

  @Test
  void so_is_a_refusal() {
    CompletableFuture<Void> end = endsWhileSending("60s");

    provider.answers.complete(new TouchOutcome.Rejected("no such user"));

    assertThat(end).succeedsWithin(SOON);
    assertThat(provider.isInterrupted).isFalse();
    assertThat(zeebe.told()).containsExactly("ThrowError 77 touch.rejected");
  }

  @Test
  void what_zeebe_did_not_take_is_told_again_before_the_end() {
    zeebe.refuseOnce(Status.RESOURCE_EXHAUSTED);
    CompletableFuture<Void> end = endsWhileSending("60s");

    provider.answers.complete(new TouchOutcome.Done());

    assertThat(end).succeedsWithin(SOON);
    assertThat(zeebe.told()).containsExactly("refused", "CompleteJob 77");
  }

  @Test
  void zeebes_word_that_it_took_the_answer_is_waited_for() throws InterruptedException {
    CountDownLatch mayAnswer = zeebe.holdAnswers();
    CompletableFuture<Void> end = endsWhileSending("60s");

    provider.answers.complete(new TouchOutcome.Done());
    await().atMost(SOON).until(() -> !zeebe.told().isEmpty());
    assertThat(end).isNotDone();
    assertThat(zeebe.wasCutOff()).isFalse();
    mayAnswer.countDown();

    assertThat(end).succeedsWithin(SOON);
    assertThat(zeebe.wasCutOff()).isFalse();
  }

  @Test
  void what_takes_longer_than_allowed_is_cut_off_and_said(CapturedOutput output) {
    CompletableFuture<Void> end = endsWhileSending("10ms");

    assertThat(end).succeedsWithin(SOON);
    await().atMost(SOON).untilTrue(provider.isInterrupted);
    assertThat(output).contains("1 jobs were not done within PT0.01S");
  }

  /** Returns when the process has come to where it waits, or is through. */
  private CompletableFuture<Void> endsWhileSending(String within) {
    ConfigurableApplicationContext workers = workers(within);
    zeebe.push(KEY);
    provider.awaitReached();
    var end = new CompletableFuture<Void>();
    Thread ending =
        Thread.ofPlatform()
            .start(
                () -> {
                  workers.close();
                  end.complete(null);
                });
    await()
        .atMost(SOON)
        .until(
            () ->
                end.isDone()
                    || zeebe.hasNobody() && ending.getState() == Thread.State.TIMED_WAITING);
    return end;
  }

  private ConfigurableApplicationContext workers(String within) {
    return new SpringApplicationBuilder(Workers.class)
        .web(WebApplicationType.NONE)
        .profiles("workers")
        .initializers(context -> context.getBeanFactory().registerSingleton("sendTouch", provider))
        .run(
            "--camunda.client.mode=self-managed",
            "--camunda.client.grpc-address=" + zeebe.address(),
            "--camunda.client.prefer-rest-over-grpc=false",
            "--camunda.client.deployment.enabled=false",
            "--camunda.client.worker.defaults.stream-enabled=true",
            "--ripen.workers.end-within=" + within,
            // Does not cut it short.
            "--spring.lifecycle.timeout-per-shutdown-phase=1ms",
            "--spring.main.banner-mode=off");
  }

  /** Takes its time, and would not survive an interrupt. */
  private static final class Provider implements SendTouch {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<TouchOutcome> answers = new CompletableFuture<>();
    private final AtomicBoolean isInterrupted = new AtomicBoolean();

    @Override
    public TouchOutcome send(Touch touch) {
      reached.countDown();
      try {
        return answers.get();
      } catch (InterruptedException e) {
        isInterrupted.set(true);
        throw new IllegalStateException("what became of it is lost", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    void awaitReached() {
      try {
        assertThat(reached.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({CamundaAutoConfiguration.class, LifecycleAutoConfiguration.class})
  @Import({WorkersConfiguration.class, SendWorkers.class})
  static class Workers {
    @Bean
    Turnstile turnstile() {
      return new Turnstile();
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }
}
