package io.ripen.app.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * Forms and the door alone, on a real web server: what comes in stays in a list. No
 * {@code @Configuration}, which the application would find.
 */
@ComponentScan({"io.ripen.engine.contacts", "io.ripen.engine.forms", "io.ripen.engine.tracking"})
@EnableConfigurationProperties(RipenProperties.class)
@ImportAutoConfiguration({
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  ErrorMvcAutoConfiguration.class,
  HttpEncodingAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  ThymeleafAutoConfiguration.class
})
public class FormsHere {

  /** The events that came in, in their order. */
  static final class Received implements EventPublisher {

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> publish(Event event) {
      events.add(event);
      return CompletableFuture.completedFuture(null);
    }

    List<Event> named(String name) {
      return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    void clear() {
      events.clear();
    }
  }

  @Bean
  Received received() {
    return new Received();
  }

  @Bean
  EventJson eventJson() {
    return new EventJson();
  }

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
