package io.ripen.engine.console;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may look.
 *
 * @param password what pages and their JSON ask for by HTTP Basic, with any user name; without it
 *     they are open, which only a server that listens on loopback may be
 */
@ConfigurationProperties("ripen.console")
record ConsoleProperties(@Nullable String password) {

  boolean open() {
    return password == null || password.isBlank();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConsoleProperties[" + (open() ? "open" : "with a password") + "]";
  }
}
