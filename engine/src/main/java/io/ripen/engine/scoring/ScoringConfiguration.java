package io.ripen.engine.scoring;

import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.rules.Rules;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of {@code score.dmn}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScoringProperties.class)
class ScoringConfiguration {

  @Bean
  RuleFile<ScoringTables> scoringTables() {
    return ScoringTables.FILE;
  }

  @Bean
  Decay decay(ScoringProperties properties) {
    return new Decay(properties.halfLife());
  }

  @Bean
  Readiness readiness(Decay decay, Rules rules, Clock clock) {
    return new Readiness(decay, rules, clock);
  }
}
