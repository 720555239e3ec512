package io.ripen.engine.sales;

import io.camunda.client.CamundaClient;
import io.ripen.channels.Channel;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox's side in the engine, and the flow's side in the workers. */
@Configuration(proxyBeanMethods = false)
class SalesConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  @Bean
  RuleFile<RoutingTable> routingTable() {
    return RoutingTable.RULES;
  }

  @Bean
  Handoffs handoffs(JdbcClient jdbc, Clock clock) {
    return new Handoffs(new HandoffJdbc(jdbc), clock);
  }

  @Bean
  @Profile("engine")
  Salespeople salespeople(JdbcClient jdbc, Clock clock) {
    return new Salespeople(jdbc, clock);
  }

  @Bean
  @Profile("engine")
  TaskCommands taskCommands(CamundaClient zeebe) {
    return new ZeebeTasks(zeebe);
  }

  @Bean
  @Profile("workers")
  ChooseSalesperson chooseSalesperson(
      Rules rules,
      LeadFacts leads,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new ChooseSalesperson(
        rules, leads, new HandoffJdbc(jdbc), new TransactionTemplate(transactions), clock);
  }

  @Bean
  @Profile("workers")
  Loop salesMails(
      JdbcClient jdbc,
      Channel<EmailMessage> channel,
      RipenProperties ripen,
      SalesProperties sales) {
    TellSalespeople tell =
        new TellSalespeople(new SalesMailJdbc(jdbc), channel, sales.base(ripen.publicUrl()));
    return new Loop("e-mail to salespeople", LOOK_EVERY, tell::one);
  }

  @Bean
  @Profile("workers")
  RecordOutcome recordOutcome(JdbcClient jdbc, EventPublisher events, Clock clock) {
    return new RecordOutcome(new HandoffJdbc(jdbc), events, clock);
  }
}
