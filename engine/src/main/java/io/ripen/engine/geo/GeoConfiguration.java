package io.ripen.engine.geo;

import io.ripen.engine.loops.Loop;
import java.io.File;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The database of regions, where one is set. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@ConditionalOnExpression("!'${ripen.geo.database:}'.isBlank()")
@EnableConfigurationProperties(GeoProperties.class)
class GeoConfiguration {

  /** New ones come out twice a week at most. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  @Bean
  RegionFile regions(GeoProperties properties) {
    File database = Objects.requireNonNull(properties.database());
    try {
      return new RegionFile(database);
    } catch (RegionFile.Unusable e) {
      throw new IllegalArgumentException(
          "ripen.geo.database: %s %s (expected: a city database in MaxMind's format that tells time zones, such as GeoLite2-City.mmdb)"
              .formatted(database, e.getMessage()),
          e);
    }
  }

  @Bean
  Loop regionsLoop(RegionFile regions) {
    return new Loop(
        "the database of regions",
        LOOK_AGAIN,
        () -> {
          regions.readAgain();
          return false;
        });
  }
}
