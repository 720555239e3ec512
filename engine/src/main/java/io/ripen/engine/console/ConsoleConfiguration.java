package io.ripen.engine.console;

import java.net.InetAddress;
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
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfiguration {

  /**
   * Lets in those who know the password.
   *
   * @throws UnprotectedConsole where there is none and not only this machine can reach the server
   */
  @Bean
  FilterRegistrationBean<PasswordFilter> passwordFilter(
      ConsoleProperties console, ServerProperties server) {
    String password = console.password();
    if (console.open() && !isLoopback(server.getAddress())) {
      throw new UnprotectedConsole(
          server.getAddress() == null ? "all addresses" : server.getAddress().getHostAddress());
    }
    var registration =
        new FilterRegistrationBean<>(new PasswordFilter(password == null ? "" : password));
    registration.setEnabled(!console.open());
    registration.setOrder(PageHeaders.ORDER + 1);
    return registration;
  }

  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }
}
