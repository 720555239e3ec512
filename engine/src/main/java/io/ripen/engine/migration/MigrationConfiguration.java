package io.ripen.engine.migration;

import io.camunda.client.CamundaClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the migration of running instances. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
class MigrationConfiguration {

  @Bean
  MigrateFlow migrateFlow(
      JdbcClient jdbc, CamundaClient client, PlatformTransactionManager transactions) {
    MovesJdbc moves = new MovesJdbc(jdbc);
    return new MigrateFlow(
        new MigrationJdbc(jdbc, moves),
        new MoveInstances(
            moves, new ZeebeMigrationByClient(client), new TransactionTemplate(transactions)));
  }
}
