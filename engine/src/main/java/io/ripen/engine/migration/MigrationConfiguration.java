package io.ripen.engine.migration;

import io.camunda.client.CamundaClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the migration of running instances. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
class MigrationConfiguration {

  @Bean
  MigrateFlow migrateFlow(JdbcClient jdbc, CamundaClient client) {
    return new MigrateFlow(new MigrationJdbc(jdbc), new ZeebeMigrationByClient(client));
  }
}
