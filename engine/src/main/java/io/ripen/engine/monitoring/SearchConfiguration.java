package io.ripen.engine.monitoring;

import io.camunda.client.CamundaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the reader of Camunda's search, for clusters where no exporter of ours may run. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@ConditionalOnProperty(name = MonitoringProperties.SOURCE, havingValue = "search")
class SearchConfiguration {

  @Bean
  SearchPlacesJdbc searchPlaces(JdbcTemplate jdbc, MeterRegistry meters, Clock clock) {
    var places = new SearchPlacesJdbc(jdbc);
    TimeGauge.builder(
            "ripen.monitoring.search.age",
            places,
            TimeUnit.MILLISECONDS,
            each ->
                each.readAt()
                    .map(at -> (double) Duration.between(at, clock.instant()).toMillis())
                    .orElse(Double.NaN))
        .description("since Camunda's search was looked through last")
        .register(meters);
    return places;
  }

  @Bean
  SearchRound searchRound(
      CamundaClient client,
      JdbcTemplate jdbc,
      SearchPlacesJdbc places,
      FlowRegistry flows,
      PlatformTransactionManager transactions,
      MonitoringProperties properties,
      Clock clock) {
    var reader =
        SearchLooks.reader(
            new CamundaSearch(client, properties.search().page()),
            jdbc,
            flows,
            new TransactionTemplate(transactions),
            properties.search(),
            clock);
    return new SearchRound(reader, clock, properties.search().poll());
  }

  @Bean
  SearchHealth camundaSearchHealthIndicator(
      SearchPlacesJdbc places, SearchRound round, MonitoringProperties properties, Clock clock) {
    return new SearchHealth(places, round, clock, properties.search().poll());
  }

  @Bean
  Loop searchLoop(SearchRound round, DataSource database, MonitoringProperties properties) {
    var alone = new OneAtATime(database, "reads Camunda's search");
    return new Loop("Camunda's search", properties.search().poll(), () -> alone.run(round));
  }
}
