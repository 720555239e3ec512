package io.ripen.engine.console;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may read what the server tells of itself.
 *
 * @param password of whoever collects {@code /actuator/prometheus}, as a bearer token or by HTTP
 *     Basic with any user name; it opens nothing else. Without it the console's password is needed
 *     for that, too
 */
@ConfigurationProperties("ripen.metrics")
record MetricsProperties(@Nullable String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "MetricsProperties[" + (password == null ? "none" : "with a password") + "]";
  }
}
