package io.ripen.app.mailbox;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Takes every mail that is handed to it, for anybody, and delivers none. It does not start where
 * {@code spring.mail.host} names another server.
 */
@Component
@Profile({"local", "demo"})
class SmtpSink implements SmartLifecycle {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final SinkSettings settings;
  private final SMTPServer server;
  private final @Nullable String elsewhere;

  SmtpSink(SinkSettings settings, Mailbox mailbox, Clock clock, Environment environment) {
    this.settings = settings;
    this.elsewhere = elsewhere(settings, environment);
    this.server =
        SMTPServer.port(settings.port())
            .bindAddress(settings.address())
            .hostName("localhost")
            .softwareName("Ripen")
            .insertReceivedHeaders(false)
            .messageHandlerFactory(context -> new Delivery(mailbox, clock))
            .build();
  }

  private static @Nullable String elsewhere(SinkSettings settings, Environment environment) {
    String host = environment.getProperty("spring.mail.host");
    int port = environment.getProperty("spring.mail.port", Integer.class, 25);
    if (host == null || (LOOPBACK.contains(host) && port == settings.port())) {
      return null;
    }
    return host + ":" + port;
  }

  /** The other server that mails go to, if they do not come here. */
  Optional<String> elsewhere() {
    return Optional.ofNullable(elsewhere);
  }

  /** Where it listens. */
  int port() {
    return server.getPortAllocated();
  }

  @Override
  public boolean isAutoStartup() {
    return elsewhere == null;
  }

  @Override
  public void start() {
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The mailbox cannot listen on port %d; choose another by ripen.local.smtp.port"
              .formatted(settings.port()),
          e);
    }
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  /** Before what sends, and after it when we stop. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 2;
  }
}
