package io.ripen.channels.email;

import io.ripen.channels.Channel;
import io.ripen.channels.Inbound;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.SmtpConnector.NotConnected;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Sends e-mail through one SMTP server, over a few connections that stay open.
 *
 * <p>The hand-over begins right before the final dot; whatever breaks before it is {@link
 * SendResult.Retryable}, and whatever breaks after it without an answer is {@link
 * SendResult.Uncertain}.
 */
public final class EmailChannel implements Channel<EmailMessage>, AutoCloseable {

  private final MimeComposer composer;
  private final ConnectionPool pool;
  private final ExecutorService threads;

  /** One that does not sign. */
  public EmailChannel(SmtpServer server, SmtpPool settings, Sender sender, Clock clock) {
    this(server, settings, sender, null, clock);
  }

  /**
   * @param dkim signs what goes out, unless the server does that
   */
  public EmailChannel(
      SmtpServer server, SmtpPool settings, Sender sender, @Nullable Dkim dkim, Clock clock) {
    SmtpConnector connector = new SmtpConnector(server);
    composer = new MimeComposer(connector.session(), sender, dkim, clock);
    pool = new ConnectionPool(connector, settings);
    // Jakarta Mail reads its sockets inside synchronized methods, which on JDK 21 would hold up a
    // virtual thread's carrier; so conversations have platform threads, one for each connection.
    threads =
        Executors.newFixedThreadPool(
            settings.size(), Thread.ofPlatform().daemon().name("smtp-", 1).factory());
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public SendResult send(EmailMessage message, HandOver handOver) {
    Optional<InternetAddress> to = Addresses.parse(message.to());
    if (to.isEmpty()) {
      return new SendResult.Rejected(
          "the address is not one that e-mail can be sent to", Inbound.Cause.NO_SUCH_ADDRESS);
    }
    MimeMessage mime = composer.compose(message, to.get());
    try {
      return CompletableFuture.supplyAsync(() -> converse(message, mime, handOver), threads).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private SendResult converse(EmailMessage message, MimeMessage mime, HandOver handOver) {
    Scrubber scrubber = new Scrubber(message);
    try {
      Attempt first = attempt(message, mime, handOver, scrubber);
      if (!first.onStaleConnection()) {
        return first.result();
      }
      pool.dropIdle();
      return attempt(message, mime, handOver, scrubber).result();
    } catch (NotConnected e) {
      return e.result();
    }
  }

  private Attempt attempt(
      EmailMessage message, MimeMessage mime, HandOver handOver, Scrubber scrubber)
      throws NotConnected {
    SmtpConnection connection = pool.borrow();
    boolean used = connection.messages() > 0;
    try {
      SendResult result = connection.deliver(mime, message.messageId(), handOver, scrubber);
      return new Attempt(result, used && connection.isBroken() && connection.isBeforeDot());
    } finally {
      pool.giveBack(connection);
    }
  }

  /** Waits for conversations under way, each at most as long as its timeouts, then hangs up. */
  @Override
  public void close() {
    threads.close();
    pool.close();
  }

  /**
   * One attempt.
   *
   * @param onStaleConnection whether a connection from the pool turned out to be dead before the
   *     hand-over, which says nothing about the server
   */
  private record Attempt(SendResult result, boolean onStaleConnection) {}
}
