package io.ripen.engine.scoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of {@code score.dmn}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScoringProperties.class)
class ScoringConfiguration {

  @Bean
  ScoreTable scoreTable(RipenProperties properties, MeterRegistry meters) {
    return ScoreTable.read(file(properties), meters);
  }

  @Bean
  TemperatureTable temperatureTable(RipenProperties properties, MeterRegistry meters) {
    return TemperatureTable.read(file(properties), meters);
  }

  @Bean
  Decay decay(ScoringProperties properties) {
    return new Decay(properties.halfLife());
  }

  @Bean
  Readiness readiness(Decay decay, TemperatureTable temperatures, Clock clock) {
    return new Readiness(decay, temperatures, clock);
  }

  private static Path file(RipenProperties properties) {
    return properties.bpmn().toPath().resolve(ScoreTable.FILE);
  }
}
