package io.ripen.engine.segments;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.feel.Feel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the segments when the server starts. */
@Configuration(proxyBeanMethods = false)
class SegmentsConfiguration {

  @Bean
  Segments segments(RipenProperties properties, Feel feel) {
    return Segments.read(properties.bpmn().toPath().resolve(Segments.FILE), feel);
  }
}
