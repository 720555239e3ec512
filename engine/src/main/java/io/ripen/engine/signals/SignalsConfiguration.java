package io.ripen.engine.signals;

import io.camunda.client.CamundaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.flows.AwaitedSignals;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.standstill.Turnstile;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the way of signals together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignalsProperties.class)
class SignalsConfiguration {

  @Bean
  SignalJdbc signalJdbc(JdbcClient jdbc) {
    return new SignalJdbc(jdbc);
  }

  @Bean
  Doorbell signalDoorbell() {
    return new Doorbell();
  }

  @Bean
  RuleFile<SignalTable> signalTable() {
    return SignalTable.FILE;
  }

  @Bean
  Signals signals(AwaitedSignals awaited, SignalJdbc outbox, Doorbell doorbell, Clock clock) {
    return new Signals(awaited, outbox, doorbell, clock);
  }

  @Bean
  @Profile("engine")
  SignalDispatcher signalDispatcher(
      CamundaClient client,
      SignalJdbc outbox,
      Doorbell doorbell,
      SignalsProperties properties,
      MeterRegistry meters,
      PlatformTransactionManager transactions,
      Turnstile turnstile,
      Clock clock) {
    var dispatch =
        new DispatchSignals(
            new TransactionTemplate(transactions),
            outbox,
            new CamundaMessages(client),
            clock,
            properties.attempts());
    return new SignalDispatcher(
        dispatch, doorbell, new SignalMetrics(meters, outbox, clock), turnstile, properties);
  }
}
