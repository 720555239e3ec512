package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.loops.Loop;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;

class MonitoringConfigurationTest {

  private final ApplicationContextRunner engine =
      new ApplicationContextRunner()
          .withUserConfiguration(
              MonitoringConfiguration.class, SearchConfiguration.class, Others.class)
          .withPropertyValues("spring.profiles.active=engine");

  @Test
  void our_exporter_is_listened_to_unless_somebody_says_otherwise() {
    engine.run(
        context ->
            assertThat(context)
                .hasSingleBean(ExportListener.class)
                .doesNotHaveBean(SearchRound.class));
    engine
        .withPropertyValues("ripen.monitoring.source=export")
        .run(context -> assertThat(context).hasSingleBean(ExportListener.class));
  }

  @Test
  void camundas_search_is_read_in_its_place() {
    engine
        .withPropertyValues("ripen.monitoring.source=search", "ripen.monitoring.search.poll=2s")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(ExportListener.class)
                    .hasSingleBean(SearchRound.class)
                    .hasSingleBean(SearchHealth.class)
                    .hasSingleBean(Loop.class));
  }

  @Test
  void what_cannot_be_is_refused_with_what_is_expected() {
    engine
        .withPropertyValues("ripen.monitoring.source=operate")
        .run(context -> assertThat(context).hasFailed());
    engine
        .withPropertyValues("ripen.monitoring.search.poll=1ms")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        "ripen.monitoring.search.poll: PT0.001S (expected: 100ms or longer)"));
    engine
        .withPropertyValues("ripen.monitoring.search.page=20000")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        "ripen.monitoring.search.page: 20000 (expected: 1 to 1000)"));
  }

  /** Neither a database nor Camunda is there; what runs by itself says so and waits. */
  @Configuration(proxyBeanMethods = false)
  static class Others {

    @Bean
    DataSource database() {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setPortNumbers(new int[] {1});
      return database;
    }

    @Bean
    JdbcTemplate jdbc(DataSource database) {
      return new JdbcTemplate(database);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource database) {
      return new JdbcTransactionManager(database);
    }

    @Bean
    FlowRegistry flows() {
      return (processKey, processId, version, xml, deployedAt) -> {};
    }

    @Bean
    CamundaClient camunda() {
      return CamundaClient.newClientBuilder().restAddress(URI.create("http://127.0.0.1:1")).build();
    }

    @Bean
    ConsumerFactory<?, ?> kafka() {
      return new DefaultKafkaConsumerFactory<>(Map.of());
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
