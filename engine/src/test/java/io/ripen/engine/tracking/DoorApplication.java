package io.ripen.engine.tracking;

import io.ripen.engine.RipenProperties;
import java.time.Clock;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The door and the way to Kafka, and nothing else of the engine. No stereotype, so that nobody's
 * component scan finds it.
 */
@EnableAutoConfiguration(
    exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@EnableConfigurationProperties(RipenProperties.class)
@ComponentScan({"io.ripen.engine.events", "io.ripen.engine.geo", "io.ripen.engine.tracking"})
class DoorApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
