package io.ripen.engine.splits;

import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The flow's side in the workers; the results and the rule in the engine. */
@Configuration(proxyBeanMethods = false)
class SplitsConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  @Bean
  @Profile("workers")
  AssignVariant assignVariant(
      JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
    return new AssignVariant(
        new ExperimentJdbc(jdbc), new TransactionTemplate(transactions), clock);
  }

  @Bean
  @Profile("engine")
  SplitResults splitResults(JdbcClient jdbc, Clock clock) {
    return new SplitResults(new ExperimentJdbc(jdbc), new CountJdbc(jdbc), clock);
  }

  @Bean
  @Profile("engine")
  Loop splitsLoop(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
    var look =
        new LookForWinners(
            new ExperimentJdbc(jdbc),
            new CountJdbc(jdbc),
            new TransactionTemplate(transactions),
            clock);
    return new Loop(
        "splits",
        LOOK_EVERY,
        () -> {
          look.round();
          return false;
        });
  }
}
