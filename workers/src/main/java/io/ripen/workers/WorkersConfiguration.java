package io.ripen.workers;

import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.ripen.engine.standstill.Turnstile;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Jobs run on virtual threads, as many as the broker may hand out at once; while all stand still,
 * they wait where they are. What came of them is told until the broker takes it. A process ends
 * after both.
 */
@Configuration(proxyBeanMethods = false)
@Profile("workers")
@EnableConfigurationProperties(WorkersProperties.class)
class WorkersConfiguration {

  @Bean
  JobsInHand jobsInHand() {
    return new JobsInHand();
  }

  @Bean
  Answers answers(JobsInHand jobs) {
    return new Answers(jobs);
  }

  /** The client is closed after {@link LastJobs}, and does not end the threads of jobs. */
  @Bean
  CamundaClientExecutorService jobThreads(Turnstile turnstile, JobsInHand jobs) {
    return new CamundaClientExecutorService(
        Executors.newScheduledThreadPool(2, daemons("job-poller-")),
        true,
        Executors.newThreadPerTaskExecutor(
            jobs.threads(turnstile.threads(Thread.ofVirtual().name("job-", 1).factory()))),
        false);
  }

  @Bean
  LastJobs lastJobs(
      JobsInHand jobs, CamundaClientExecutorService threads, WorkersProperties workers) {
    return new LastJobs(jobs, threads.getJobHandlingExecutor(), workers.endWithin());
  }

  @Bean
  CommandExceptionHandlingStrategy tellAgain(JobsInHand jobs) {
    return new TellAgain(
        BackoffSupplier.newBackoffBuilder().build(), jobs.later(daemons("tell-again-")));
  }

  private static ThreadFactory daemons(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 1).factory();
  }
}
