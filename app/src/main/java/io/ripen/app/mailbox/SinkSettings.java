package io.ripen.app.mailbox;

import java.net.InetAddress;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the mailbox.
 *
 * @param address the address of this machine that it listens on
 * @param port where it takes mail; 0 lets the system choose
 * @param keep how many mails are kept; beyond that the oldest go
 * @param folder where they are kept
 */
@ConfigurationProperties("ripen.local.smtp")
record SinkSettings(
    @DefaultValue("127.0.0.1") InetAddress address,
    @DefaultValue("2525") int port,
    @DefaultValue("10000") int keep,
    @DefaultValue("data/mailbox") Path folder) {

  SinkSettings {
    if (keep < 1) {
      throw new IllegalArgumentException(
          "ripen.local.smtp.keep: %d (expected: >= 1)".formatted(keep));
    }
  }
}
