package io.ripen.channels.email;

import io.ripen.channels.Listener;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Reads a mailbox and waits for more to come (IDLE, RFC 2177). A message leaves the folder when
 * what it tells is kept, and no sooner; what only a person can make sense of is marked for them.
 */
public final class ImapListener implements Listener {

  private static final Duration LET_GO = Duration.ofSeconds(5);

  private final ImapServer server;
  private final Inbox inbox;
  private final Stumbling stumbling;

  public ImapListener(ImapServer server, Inbox inbox) {
    this(server, inbox, System::nanoTime);
  }

  ImapListener(ImapServer server, Inbox inbox, LongSupplier nanoTime) {
    this.server = server;
    this.inbox = inbox;
    this.stumbling = new Stumbling(nanoTime);
  }

  @Override
  public String name() {
    return "email";
  }

  /** So that nobody else listens meanwhile, unless the server does not let us go. */
  private static void awaitEnd(FutureTask<Void> conversation) throws InterruptedException {
    try {
      conversation.get(LET_GO.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It was to end.
    }
  }

  @Override
  public void listen(Sink sink) throws Unavailable, InterruptedException {
    ImapMailbox mailbox = new ImapMailbox(server, inbox, stumbling, sink);
    // Jakarta Mail reads inside synchronized methods, which on JDK 21 would hold up a virtual
    // thread's carrier, and no interruption reaches it.
    FutureTask<Void> conversation =
        new FutureTask<>(
            () -> {
              mailbox.readFor(server.renewAfter());
              return null;
            });
    Thread.ofPlatform().daemon().name("imap").start(conversation);
    try {
      conversation.get();
    } catch (InterruptedException e) {
      mailbox.hangUp();
      awaitEnd(conversation);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof MessagingException cause) {
        throw new Unavailable(
            "the mailbox at %s cannot be read: %s".formatted(server.address(), Causes.of(cause)));
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
