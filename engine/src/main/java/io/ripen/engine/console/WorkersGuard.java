package io.ripen.engine.console;

import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Guards what workers tell of themselves. They have no console, so they start without a password,
 * too; then only who asks from this machine is told more than their health.
 */
@Configuration(proxyBeanMethods = false)
@Profile("workers & !engine")
@EnableConfigurationProperties({ConsoleProperties.class, MetricsProperties.class})
class WorkersGuard {

  @Bean
  FilterRegistrationBean<PasswordFilter> passwordFilter(
      ConsoleProperties console, MetricsProperties metrics, ServerProperties server) {
    var registration =
        new FilterRegistrationBean<>(new PasswordFilter(console.password(), metrics.password()));
    boolean isForThisMachine =
        console.open() && ConsoleConfiguration.isLoopback(server.getAddress());
    registration.setEnabled(!isForThisMachine);
    registration.setOrder(PageHeaders.ORDER + 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<HealthFilter> healthFilter(
      FilterRegistrationBean<PasswordFilter> passwordFilter) {
    return HealthFilter.registration(
        Objects.requireNonNull(passwordFilter.getFilter()), !passwordFilter.isEnabled());
  }
}
