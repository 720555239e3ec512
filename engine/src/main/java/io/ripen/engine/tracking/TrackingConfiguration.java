package io.ripen.engine.tracking;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.geo.Regions;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/** The parts of the door. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties({SitesProperties.class, TrackingProperties.class})
class TrackingConfiguration {

  /** What an event's bytes become in memory is some eight times as large. */
  private static final int MOST_BYTES_AT_ONCE = 32 * 1024 * 1024;

  @Bean
  Sites sites(SitesProperties properties) {
    return new Sites(properties.sites());
  }

  @Bean
  Bots bots(TrackingProperties properties, MeterRegistry meters) {
    return new Bots(properties.leaveOutBots(), meters);
  }

  @Bean
  TrackingController trackingController(
      Sites sites,
      RipenProperties ripen,
      EventJson json,
      EventPublisher publisher,
      Bots bots,
      ObjectProvider<Regions> regions,
      Clock clock) {
    return new TrackingController(
        new RequestParser(json),
        new Callers(sites, origin(ripen.publicUrl())),
        new Intake(MOST_BYTES_AT_ONCE),
        new AcceptEvents(
            json,
            publisher,
            bots,
            new VisitorRegion(regions.getIfAvailable(() -> Regions.UNKNOWN)),
            clock));
  }

  @Bean
  SettingsController settingsController(Sites sites, RipenProperties ripen) {
    return new SettingsController(sites, ripen.publicUrl());
  }

  /**
   * Lets pages of all sites call the door, and send our forms. Whether a page belongs to the site
   * whose write key it sends is seen later: a preflight request carries no key.
   */
  @Bean
  FilterRegistrationBean<CorsFilter> trackingCors(Sites sites, RipenProperties ripen) {
    var cors = new CorsConfiguration();
    List<String> origins = new ArrayList<>(sites.origins());
    origins.add(origin(ripen.publicUrl()));
    cors.setAllowedOriginPatterns(origins);
    cors.setAllowedMethods(List.of("POST", "GET"));
    cors.setAllowedHeaders(
        List.of("Authorization", "Content-Type", "Content-Encoding", "X-Retry-Count"));
    cors.setExposedHeaders(List.of("Retry-After"));
    cors.setAllowCredentials(true);
    cors.setMaxAge(7200L);
    var filter = new CorsFilter(request -> cors);
    filter.setCorsProcessor(new SpokenCors());
    var registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns("/v1/*", "/forms/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
