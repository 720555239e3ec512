package io.ripen.engine.retention;

import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what forgets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
@Profile("engine")
class RetentionConfiguration {

  private static final Duration EVERY = Duration.ofHours(1);

  @Bean
  Loop forgetting(DataSource database, RetentionProperties properties, Clock clock) {
    Forget forget = new Forget(JdbcClient.create(database), properties, clock);
    OneAtATime turn = new OneAtATime(database, "forgets what is too old");
    return new Loop("what is too old to be kept", EVERY, () -> turn.run(forget::some));
  }
}
