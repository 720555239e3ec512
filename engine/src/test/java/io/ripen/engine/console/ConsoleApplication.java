package io.ripen.engine.console;

import io.ripen.engine.links.PublicWords;
import io.ripen.engine.rules.RuleHistory;
import io.ripen.engine.rules.RuleVersion;
import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.sales.SalesFixture;
import io.ripen.engine.sales.Salespeople;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.Readiness;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.splits.SplitResults;
import io.ripen.engine.splits.SplitsFixture;
import io.ripen.engine.standstill.Turnstile;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console with a real database and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {KafkaAutoConfiguration.class, FlywayAutoConfiguration.class})
@ComponentScan(
    basePackages = {"io.ripen.engine.console", "io.ripen.engine.monitoring"},
    excludeFilters =
        @Filter(
            type = FilterType.REGEX,
            pattern = ".*(MonitoringConfiguration|FlowMetricsConfiguration|(IT|Test)\\$.*)"))
@ComponentScan(
    basePackages = "io.ripen.engine.onsite",
    useDefaultFilters = false,
    includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(Chats|OnSiteJdbc)"))
class ConsoleApplication {

  @Bean
  MessageSource messageSource() {
    return PublicWords.source();
  }

  @Bean
  Turnstile turnstile() {
    return new Turnstile();
  }

  @Bean
  Readiness readiness() {
    return new Readiness(Decay.NONE, () -> ScoringFixture.RULES, Clock.systemUTC());
  }

  @Bean
  RuleHistory rules() {
    return new RuleHistory() {
      @Override
      public List<RuleVersion> newest() {
        return List.of();
      }

      @Override
      public List<RuleVersion> versions(String name) {
        return List.of();
      }
    };
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Handoffs handoffs(JdbcClient jdbc, Clock clock) {
    return SalesFixture.handoffs(jdbc, clock);
  }

  @Bean
  Salespeople salespeople(JdbcClient jdbc, Clock clock) {
    return SalesFixture.salespeople(jdbc, clock);
  }

  @Bean
  SplitResults splitResults(JdbcClient jdbc, Clock clock) {
    return SplitsFixture.results(jdbc, clock);
  }

  @Bean
  FakeTasks tasks(JdbcClient jdbc) {
    return new FakeTasks(jdbc);
  }

  @Bean
  FakeFlowsToCome flowsToCome() {
    return new FakeFlowsToCome();
  }

  @Bean
  DataSource database() {
    return TestDatabase.migrated();
  }
}
