package io.ripen.channels.email;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener.Sink;
import io.ripen.channels.email.SmtpServer.Encryption;
import io.ripen.channels.email.Stumbling.Filed;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation with the server of a mailbox, from the login to the end. */
final class ImapMailbox {

  private static final Logger LOG = LoggerFactory.getLogger(ImapMailbox.class);

  /** Nobody writes longer letters; behind that come pictures and films. */
  private static final int READ = 1024 * 1024;

  /** An order to end that came right before IDLE is repeated. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** How often a server without IDLE is asked. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(20);

  private final ImapServer server;
  private final Inbox inbox;
  private final Stumbling stumbling;
  private final Sink sink;
  private final Session session;

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean isOver;
  private volatile @Nullable IMAPStore connection;

  ImapMailbox(ImapServer server, Inbox inbox, Stumbling stumbling, Sink sink) {
    this.server = server;
    this.inbox = inbox;
    this.stumbling = stumbling;
    this.sink = sink;
    this.session = Session.getInstance(properties(server));
  }

  /**
   * Reads what is there, and what comes within this time.
   *
   * @throws RuntimeException what the sink threw; the message is still there, and the others were
   *     read
   */
  void readFor(Duration time) throws MessagingException {
    try (IMAPStore store = (IMAPStore) session.getStore("imap");
        ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("imap-clock").factory())) {
      connection = store;
      store.connect(server.host(), server.port(), server.username(), server.password());
      IMAPFolder folder = (IMAPFolder) store.getFolder(server.folder());
      IMAPFolder read = readFolder(store);
      folder.addMessageCountListener(new WakeUp(folder));
      boolean unused =
          clock
              .scheduleWithFixedDelay(
                  () -> end(folder), time.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS)
              .isDone();
      try {
        while (!isOver) {
          // Opened anew each time: how many there are is told for certain only then.
          folder.open(Folder.READ_WRITE);
          if (folder.getMessageCount() == 0) {
            sink.heardAll();
            await(store, folder);
          } else if (readAll(store, folder, read)) {
            sink.heardAll();
          }
          folder.close(true);
        }
      } catch (MessagingException e) {
        if (!isOver) {
          throw e;
        }
      } finally {
        clock.shutdownNow();
      }
    }
  }

  /** From another thread: ends the conversation soon. */
  void hangUp() {
    isOver = true;
    over.countDown();
    IMAPStore store = connection;
    if (store != null) {
      // It may have to wait for the server's last word.
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  store.close();
                } catch (MessagingException e) {
                  LOG.debug("The mailbox was not left in order", e);
                }
              });
    }
  }

  private void end(IMAPFolder folder) {
    isOver = true;
    over.countDown();
    try {
      endIdle(folder);
    } catch (MessagingException e) {
      hangUp();
    }
  }

  /** Whoever wants to say something else ends it. */
  private static void endIdle(IMAPFolder folder) throws MessagingException {
    Object unused = folder.doCommand(protocol -> protocol.isAuthenticated());
  }

  private IMAPFolder readFolder(IMAPStore store) throws MessagingException {
    IMAPFolder folder = (IMAPFolder) store.getFolder(server.readFolder());
    if (!folder.exists() && !folder.create(Folder.HOLDS_MESSAGES)) {
      throw new MessagingException(
          "the folder \"%s\" cannot be made".formatted(server.readFolder()));
    }
    return folder;
  }

  /** Whether it read all, and did not end before that. */
  private boolean readAll(IMAPStore store, IMAPFolder folder, IMAPFolder read)
      throws MessagingException {
    Exception trouble = null;
    for (Filed letter : stumbling.inOrder(folder)) {
      if (isOver) {
        return false;
      }
      if (letter.message().isSet(Flags.Flag.DELETED)) {
        // Read before, when the connection broke.
        continue;
      }
      try {
        putAway(store, folder, read, letter);
      } catch (RuntimeException | MessagingException e) {
        // One that cannot be kept or moved must not hold up the others.
        trouble = e;
        if (!folder.isOpen()) {
          if (!isOver) {
            stumbling.brokeAt(letter);
          }
          break;
        }
      }
    }
    if (trouble instanceof RuntimeException refusal) {
      throw refusal;
    }
    if (trouble instanceof MessagingException failure) {
      throw failure;
    }
    return true;
  }

  private void putAway(IMAPStore store, IMAPFolder folder, IMAPFolder read, Filed letter)
      throws MessagingException {
    if (stumbling.isTooOften(letter)) {
      leaveToAPerson(letter);
      move(store, folder, read, letter.message());
    } else {
      take(letter.message());
      move(store, folder, read, letter.message());
      stumbling.readOne();
    }
  }

  /** To mark and to move it, the server need not show it. */
  private void leaveToAPerson(Filed letter) throws MessagingException {
    LOG.warn(
        "The connection to {} breaks whenever message {} of {} is read; it is unread in {}, marked",
        server.address(),
        letter.uid(),
        server.folder(),
        server.readFolder());
    letter.message().setFlag(Flags.Flag.FLAGGED, true);
  }

  private void take(Message message) throws MessagingException {
    Optional<List<Inbound>> told = told((IMAPMessage) message);
    if (told.isEmpty()) {
      LOG.warn(
          "A message in {} of {} is neither a bounce nor an answer that we understand; it is in"
              + " {}, marked",
          server.folder(),
          server.address(),
          server.readFolder());
      message.setFlag(Flags.Flag.FLAGGED, true);
    } else {
      if (!told.get().isEmpty()) {
        sink.keep(told.get());
      }
      // A letter that answers nothing of ours may be for a person.
      message.setFlag(Flags.Flag.SEEN, told.get().stream().noneMatch(ImapMailbox::isUnasked));
    }
  }

  private static boolean isUnasked(Inbound inbound) {
    return inbound instanceof Inbound.Said said && said.answerTo() == null;
  }

  private Optional<List<Inbound>> told(IMAPMessage message) throws MessagingException {
    message.setPeek(true);
    byte[] raw;
    try (InputStream content = message.getMimeStream()) {
      raw = content.readNBytes(READ);
    } catch (IOException e) {
      throw new MessagingException("a message was cut off", e);
    }
    try {
      return inbox.read(new Received(session, raw, message.getReceivedDate()));
    } catch (IOException | MessagingException | RuntimeException | StackOverflowError e) {
      // It is here, and yet no message by any standard: nothing that it holds may stop us.
      LOG.debug("Not read", e);
      return Optional.empty();
    }
  }

  private static void move(IMAPStore store, IMAPFolder folder, IMAPFolder read, Message message)
      throws MessagingException {
    Message[] one = {message};
    if (store.hasCapability("MOVE")) {
      folder.moveMessages(one, read);
    } else {
      folder.copyMessages(one, read);
      message.setFlag(Flags.Flag.DELETED, true);
    }
  }

  private void await(IMAPStore store, IMAPFolder folder) throws MessagingException {
    if (store.hasCapability("IDLE")) {
      folder.idle(true);
      return;
    }
    try {
      boolean unused = over.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isOver = true;
    }
  }

  private static Properties properties(ImapServer server) {
    Properties mail = new Properties();
    mail.putAll(server.properties());
    Encryption encryption = server.encryption();
    mail.setProperty("mail.imap.connectiontimeout", millis(server.connectTimeout()));
    mail.setProperty("mail.imap.timeout", millis(server.answerTimeout()));
    mail.setProperty("mail.imap.writetimeout", millis(server.answerTimeout()));
    mail.setProperty("mail.imap.ssl.enable", Boolean.toString(encryption == Encryption.TLS));
    mail.setProperty(
        "mail.imap.starttls.enable",
        Boolean.toString(
            encryption == Encryption.STARTTLS_IF_OFFERED
                || encryption == Encryption.STARTTLS_REQUIRED));
    mail.setProperty(
        "mail.imap.starttls.required",
        Boolean.toString(encryption == Encryption.STARTTLS_REQUIRED));
    // One thread for all conversations; each would have its own, which ends with the next garbage.
    mail.setProperty("mail.event.scope", "application");
    // A connection that was put aside may be dead meanwhile: it is asked before it is used again.
    mail.setProperty("mail.imap.servertimeout", "1");
    mail.setProperty("mail.imap.fetchsize", Integer.toString(256 * 1024));
    return mail;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /**
   * Ends an IDLE that has begun too late for what it waits for: a server may tell of a message
   * before it says that it idles (RFC 2177), and {@link IMAPFolder#idle(boolean)} would wait on for
   * the next one.
   */
  private static final class WakeUp extends MessageCountAdapter {
    private final IMAPFolder folder;

    WakeUp(IMAPFolder folder) {
      this.folder = folder;
    }

    @Override
    public void messagesAdded(MessageCountEvent event) {
      try {
        endIdle(folder);
      } catch (MessagingException e) {
        // Whoever reads the folder hears of it, too.
        LOG.debug("Not woken up", e);
      }
    }
  }

  /** A whole message, with the moment when the server took it. */
  private static final class Received extends MimeMessage {
    private final @Nullable Date receivedAt;

    Received(Session session, byte[] raw, @Nullable Date receivedAt) throws MessagingException {
      super(session, new ByteArrayInputStream(raw));
      this.receivedAt = receivedAt;
    }

    @Override
    public @Nullable Date getReceivedDate() {
      return receivedAt;
    }
  }
}
