package io.ripen.engine.sales;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The sales inbox.
 *
 * @param consoleUrl where salespeople's browsers reach the console, if not at the public URL; links
 *     in e-mails to them lead there
 */
@ConfigurationProperties("ripen.sales")
record SalesProperties(@Nullable URI consoleUrl) {

  /** Without a slash at its end. */
  String base(@Nullable URI publicUrl) {
    return String.valueOf(consoleUrl == null ? publicUrl : consoleUrl).replaceFirst("/+$", "");
  }
}
