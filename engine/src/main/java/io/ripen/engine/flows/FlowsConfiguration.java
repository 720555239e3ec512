package io.ripen.engine.flows;

import io.camunda.client.CamundaClient;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.rules.FolderFiles;
import io.ripen.engine.rules.KeepRules;
import io.ripen.engine.standstill.Turnstile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine's knowledge of flows. */
@Configuration(proxyBeanMethods = false)
class FlowsConfiguration {

  @Bean
  KnownFlows knownFlows(JdbcTemplate jdbc) {
    return new KnownFlows(new FlowsJdbc(jdbc), System::nanoTime);
  }

  @Bean
  FlowStarts flowStarts(JdbcTemplate jdbc) {
    return new FlowStarts(new FlowsJdbc(jdbc));
  }

  @Bean
  JobTypes jobTypes(JdbcTemplate jdbc) {
    return new JobTypes(new FlowsJdbc(jdbc));
  }

  @Bean
  FlowGoals flowGoals(JdbcTemplate jdbc) {
    return new FlowGoals(new FlowsJdbc(jdbc));
  }

  @Bean
  @Profile("engine")
  FlowCheck flowCheck(RipenProperties properties, JdbcTemplate jdbc, KeepRules rules) {
    return new FlowCheck(
        properties.bpmn().toPath(),
        table -> List.of(),
        new DeployedBefore(new FlowsJdbc(jdbc), rules));
  }

  @Bean
  @Profile("engine")
  FolderAtStart folderAtStart(
      FlowCheck check, FolderFiles lastStart, JdbcTemplate jdbc, KeepRules rules) {
    return new SinceLastStart(
        check, lastStart, new DeployedBefore(new FlowsJdbc(jdbc), rules), rules);
  }

  @Bean
  @Profile("engine")
  FlowDeploy flowDeploy(
      CamundaClient zeebe,
      FlowCheck check,
      FolderAtStart folder,
      FlowRegistry registry,
      KeepRules rules,
      Clock clock) {
    return new FlowDeploy(
        new ZeebeDeployByClient(zeebe), check, folder, registry, rules::keep, clock);
  }

  @Bean
  @Profile("engine")
  Deployments deployments(
      KeepRules rules, FlowDeploy flows, PlatformTransactionManager transactions) {
    return new Deployments(rules, flows, new TransactionTemplate(transactions));
  }

  @Bean
  @Profile("engine")
  DeployAtStart deployAtStart(
      FlowDeploy deploy, KnownFlows flows, ApplicationEventPublisher events, Turnstile turnstile) {
    return new DeployAtStart(deploy, flows::any, events, Duration.ofSeconds(2), turnstile);
  }
}
