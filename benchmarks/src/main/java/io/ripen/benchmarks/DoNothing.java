package io.ripen.benchmarks;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.worker.JobWorker;
import io.ripen.app.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The same flow with other names, started by messages as fast as the broker takes them, and a
 * worker that does nothing but complete its jobs: what the broker can do.
 */
final class DoNothing implements AutoCloseable {

  private static final String MESSAGE = InstantFlow.DO_NOTHING + ".cart.updated";
  private static final int JOBS_PER_INSTANCE = 2;
  private static final int WINDOW = 64;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  /** Of Ripen's workers: the starter's default, and their own. */
  private static final int MOST_JOBS = 32;

  private static final Duration JOB_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private final CamundaClient zeebe;
  private final JobWorker worker;
  private volatile CountDownLatch jobs = new CountDownLatch(0);

  /** Deploys the flow, and lets the worker wait for its jobs. */
  DoNothing(CamundaClient zeebe) {
    this.zeebe = zeebe;
    zeebe
        .newDeployResourceCommand()
        .addResourceBytes(
            InstantFlow.read().withOtherNames().xml(), InstantFlow.DO_NOTHING + ".bpmn")
        .send()
        .join();
    worker =
        zeebe
            .newWorker()
            .jobType(InstantFlow.DO_NOTHING)
            .handler(
                (client, job) -> {
                  client.newCompleteCommand(job).send().join();
                  jobs.countDown();
                })
            .maxJobsActive(MOST_JOBS)
            .timeout(JOB_TIMEOUT)
            .fetchVariables("leadId", "cartId")
            .streamEnabled(true)
            .open();
  }

  /** A client whose jobs run on virtual threads, as those of Ripen's workers do. */
  static CamundaClient client(URI grpc) {
    return CamundaClient.newClientBuilder()
        .grpcAddress(grpc)
        .preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(20))
        .jobHandlingExecutor(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 1).factory()), true)
        .build();
  }

  /**
   * Runs so many instances.
   *
   * @return when the last job was completed, by {@link System#nanoTime()}
   */
  long run(int instances) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(instances * JOBS_PER_INSTANCE);
    jobs = left;
    Semaphore window = new Semaphore(WINDOW);
    for (int i = 0; i < instances; i++) {
      window.acquire();
      publish(UUID.randomUUID().toString(), window);
    }
    if (!left.await(STANDSTILL.toSeconds(), TimeUnit.SECONDS)) {
      throw new Failure(
          "%d jobs of %d instances are missing after %s"
              .formatted(left.getCount(), instances, STANDSTILL));
    }
    return System.nanoTime();
  }

  /** Sends it again, a moment later, for as long as the broker does not take it. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
  private void publish(String cart, Semaphore window) {
    zeebe
        .newPublishMessageCommand()
        .messageName(MESSAGE)
        .correlationKey(cart)
        .messageId(cart)
        .timeToLive(Duration.ZERO)
        .variables("{\"leadId\":\"%s\",\"cartId\":\"%s\"}".formatted(cart, cart))
        .send()
        .toCompletableFuture()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                window.release();
              } else {
                LATER.execute(() -> publish(cart, window));
              }
            });
  }

  @Override
  public void close() {
    worker.close();
  }
}
