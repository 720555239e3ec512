package io.ripen.engine.content;

import io.ripen.engine.RipenProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The messages of the folder with the flows. */
@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

  @Bean
  MessageCatalog messageCatalog(RipenProperties properties) {
    return new MessageFolder(properties.bpmn().toPath());
  }
}
