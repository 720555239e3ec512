package io.ripen.engine.gate;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate's rules, as the properties say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GateProperties.class)
class GateConfiguration {

  @Bean
  GateRules gateRules(GateProperties properties) {
    return properties.rules();
  }
}
