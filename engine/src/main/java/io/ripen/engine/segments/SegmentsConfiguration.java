package io.ripen.engine.segments;

import io.ripen.engine.rules.RuleFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the segments kept in versions, and taken over while all runs. */
@Configuration(proxyBeanMethods = false)
class SegmentsConfiguration {

  @Bean
  RuleFile<Segments> segmentsFile() {
    return Segments.FILE;
  }
}
