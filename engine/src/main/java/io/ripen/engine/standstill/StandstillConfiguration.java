package io.ripen.engine.standstill;

import io.ripen.engine.brokers.Brokers;
import io.ripen.engine.brokers.BrokersProperties;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** Lets every process that acts stand still when all are asked to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokersProperties.class)
class StandstillConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(StandstillConfiguration.class);

  @Bean
  Turnstile turnstile() {
    return new Turnstile();
  }

  @Bean
  Standstill standstill(
      JdbcConnectionDetails database,
      Turnstile turnstile,
      ObjectProvider<KafkaListenerEndpointRegistry> listeners,
      BrokersProperties brokers,
      Environment environment) {
    String role = Arrays.stream(environment.getActiveProfiles()).collect(Collectors.joining("+"));
    return new Standstill(
        new Sessions(
            database.getJdbcUrl(),
            database.getUsername(),
            database.getPassword(),
            Sessions.named(role)),
        turnstile,
        new Readers(
            () -> {
              @Nullable KafkaListenerEndpointRegistry registry = listeners.getIfAvailable();
              return registry == null ? List.of() : registry.getAllListenerContainers();
            }),
        () -> resumeExporting(brokers));
  }

  /** A backup that was killed has left it paused; nobody else makes one while we share the lock. */
  private static void resumeExporting(BrokersProperties properties) {
    if (properties.managementAddress() == null) {
      return;
    }
    try {
      new Brokers(properties.managementAddress()).resumeExporting();
    } catch (Brokers.Refused e) {
      LOG.warn(
          "Nobody knows whether Zeebe exports again after a backup: {}. Ask it to: {}",
          e.getMessage(),
          Brokers.byHand(properties.managementAddress()));
    }
  }
}
