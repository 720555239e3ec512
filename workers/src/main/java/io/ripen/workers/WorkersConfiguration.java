package io.ripen.workers;

import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.ripen.engine.standstill.Turnstile;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Jobs run on virtual threads, as many as the broker may hand out at once; while all stand still,
 * they wait where they are. What came of them is told until the broker takes it.
 */
@Configuration(proxyBeanMethods = false)
@Profile("workers")
class WorkersConfiguration {

  @Bean
  CamundaClientExecutorService jobThreads(Turnstile turnstile) {
    return new CamundaClientExecutorService(
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("job-poller-", 1).factory()),
        true,
        Executors.newThreadPerTaskExecutor(
            turnstile.threads(Thread.ofVirtual().name("job-", 1).factory())),
        true);
  }

  @Bean
  CommandExceptionHandlingStrategy tellAgain(CamundaClientExecutorService threads) {
    return new TellAgain(
        BackoffSupplier.newBackoffBuilder().build(), threads.getScheduledExecutor());
  }
}
