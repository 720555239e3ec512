package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.testing.TestDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
    classes = ExportListenerIT.Beans.class,
    properties = "spring.kafka.bootstrap-servers=${spring.embedded.kafka.brokers}")
@EmbeddedKafka
@ActiveProfiles("engine")
@DirtiesContext
class ExportListenerIT {

  @Autowired private KafkaTemplate<String, String> kafka;
  @Autowired private FlowStatistics statistics;
  @Autowired private KafkaListenerEndpointRegistry listeners;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MeterRegistry meters;

  @Test
  void the_read_model_follows_the_topic_over_rubbish_and_can_be_made_again_from_it() {
    send(Export.element(1, "ELEMENT_ACTIVATED", "wait"));
    send("{\"position\":");
    send("{}");
    send("null");
    send(Export.element(2, "ELEMENT_COMPLETED", "wait"));
    send(Export.element(3, "ELEMENT_ACTIVATED", "send"));
    awaitElements();
    assertThat(meters.getMeters())
        .anyMatch(meter -> meter.getId().getName().startsWith("kafka.consumer."));

    listeners.stop();
    jdbc.update("truncate export_position, flow_element_count, flow_incident");
    listeners.start();
    awaitElements();
  }

  private void awaitElements() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(statistics.elements(Export.FLOW))
                    .containsExactly(
                        new FlowStatistics.Element("send", 1, 0, 0, 0),
                        new FlowStatistics.Element("wait", 0, 1, 0, 0)));
  }

  private void send(String value) {
    kafka.send(ExportTopic.NAME, "1", value).join();
  }

  @Configuration(proxyBeanMethods = false)
  @Import({MonitoringConfiguration.class, FlowStatisticsJdbc.class})
  @ImportAutoConfiguration({
    KafkaAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class
  })
  static class Beans {

    @Bean
    DataSource database() {
      return TestDatabase.migrated();
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    FlowRegistry flows(JdbcTemplate jdbc) {
      return new NotedFlows(jdbc);
    }
  }
}
