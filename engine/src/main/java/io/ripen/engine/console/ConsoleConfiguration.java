package io.ripen.engine.console;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.standstill.Turnstile;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Guards the console. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties({
  ConsoleProperties.class,
  MetricsProperties.class,
  RipenProperties.class
})
class ConsoleConfiguration {

  private static final Duration WAIT_AT_STANDSTILL = Duration.ofSeconds(10);

  /**
   * Lets in those who know the password.
   *
   * @throws UnprotectedConsole where there is none and not only this machine can reach the server
   */
  @Bean
  FilterRegistrationBean<PasswordFilter> passwordFilter(
      ConsoleProperties console, MetricsProperties metrics, ServerProperties server) {
    if (console.open() && !isLoopback(server.getAddress())) {
      throw new UnprotectedConsole(
          server.getAddress() == null ? "all addresses" : server.getAddress().getHostAddress());
    }
    var registration =
        new FilterRegistrationBean<>(new PasswordFilter(console.password(), metrics.password()));
    registration.setEnabled(!console.open());
    registration.setOrder(PageHeaders.ORDER + 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<HealthFilter> healthFilter(
      ConsoleProperties console, FilterRegistrationBean<PasswordFilter> passwordFilter) {
    return HealthFilter.registration(
        Objects.requireNonNull(passwordFilter.getFilter()), console.open());
  }

  @Bean
  FilterRegistrationBean<StandstillFilter> standstillFilter(Turnstile turnstile) {
    var registration =
        new FilterRegistrationBean<>(new StandstillFilter(turnstile, WAIT_AT_STANDSTILL));
    registration.setOrder(PageHeaders.ORDER + 2);
    return registration;
  }

  /** A password does the same, and better. */
  @Bean
  FilterRegistrationBean<HostFilter> hostFilter(
      ConsoleProperties console, ServerProperties server, RipenProperties ripen) {
    Set<String> names = new HashSet<>();
    if (server.getAddress() != null) {
      names.add(server.getAddress().getHostAddress());
    }
    @Nullable URI publicUrl = ripen.publicUrl();
    if (publicUrl != null && publicUrl.getHost() != null) {
      names.add(publicUrl.getHost());
    }
    var registration = new FilterRegistrationBean<>(new HostFilter(names));
    registration.setEnabled(console.open());
    registration.setOrder(PageHeaders.ORDER + 1);
    return registration;
  }

  static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }
}
