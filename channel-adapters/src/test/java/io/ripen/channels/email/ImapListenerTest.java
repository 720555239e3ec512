package io.ripen.channels.email;

import static io.ripen.channels.email.Received.ANNA;
import static io.ripen.channels.email.Received.ID;
import static io.ripen.channels.email.Received.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import io.ripen.channels.Wire;
import io.ripen.channels.email.SmtpServer.Encryption;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImapListenerTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BOUNCE =
      Received.bounce(PATH.of(ID, ANNA), "failed", "5.1.1", "smtp; no", ANNA);

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private GreenMailUser user;
  private final BlockingQueue<Inbound> kept = new LinkedBlockingQueue<>();
  private Thread listening = Thread.startVirtualThread(() -> {});

  @BeforeEach
  void start() {
    server.start();
    user = server.setUser("bounce@mail.example.com", "bounce", "secret");
  }

  @AfterEach
  void stop() throws InterruptedException {
    listening.interrupt();
    listening.join(SOON);
    server.stop();
  }

  private ImapListener listener(String password) {
    return listener(
        server.getImap().getPort(), password, Duration.ofSeconds(20), Duration.ofMinutes(9));
  }

  private static ImapListener listener(
      int port, String password, Duration timeout, Duration renewAfter) {
    return new ImapListener(
        imap(port, password, timeout, renewAfter), new Inbox(PATH, Emails.CLOCK));
  }

  /** One at which the line breaks every eleven minutes, as it seems to it. */
  private static ImapListener patient(int port) {
    AtomicLong now = new AtomicLong();
    return new ImapListener(
        imap(port, "secret", Duration.ofSeconds(20), Duration.ofMinutes(9)),
        new Inbox(PATH, Emails.CLOCK),
        () -> now.addAndGet(Duration.ofMinutes(11).toNanos()));
  }

  private static ImapServer imap(int port, String password, Duration timeout, Duration renewAfter) {
    return new ImapServer(
        "127.0.0.1",
        port,
        "bounce",
        password,
        Encryption.NONE,
        "INBOX",
        "Ripen",
        timeout,
        timeout,
        renewAfter,
        Map.of());
  }

  /** Like the server does, in a thread of its own, again and again. */
  private void listen(Listener.Sink sink) {
    listen(listener("secret"), sink);
  }

  private void listen(ImapListener listener, Listener.Sink sink) {
    listening =
        Thread.startVirtualThread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  listener.listen(sink);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (Listener.Unavailable | RuntimeException e) {
                  Thread.onSpinWait();
                }
              }
            });
  }

  private void deliver(String message) throws Exception {
    user.deliver(Received.mime(message));
  }

  private List<Message> in(String folder) throws Exception {
    Properties properties = new Properties();
    Store store = Session.getInstance(properties).getStore("imap");
    store.connect("127.0.0.1", server.getImap().getPort(), "bounce", "secret");
    Folder opened = store.getFolder(folder);
    opened.open(Folder.READ_ONLY);
    return List.of(opened.getMessages());
  }

  private Inbound next() throws InterruptedException {
    return Objects.requireNonNull(kept.poll(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  private static int timesSaid(String words, Wire wire) {
    return wire.said().split(Pattern.quote(words), -1).length - 1;
  }

  @Test
  void reads_what_is_there_and_what_comes_and_puts_it_away() throws Exception {
    deliver(BOUNCE);
    listen(kept::addAll);
    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);

    deliver(Received.letter("In-Reply-To: <" + ID + "@shop.example.com>", "Yes, call me"));
    assertThat(next())
        .isInstanceOfSatisfying(
            Inbound.Said.class, said -> assertThat(said.text()).isEqualTo("Yes, call me"));

    await().atMost(SOON).until(() -> in("INBOX").isEmpty() && in("Ripen").size() == 2);
  }

  @Test
  void what_nobody_understands_is_put_away_marked() throws Exception {
    deliver("Subject: nobody\n\nHello");
    deliver(BOUNCE);
    listen(kept::addAll);

    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
    await().atMost(SOON).until(() -> in("INBOX").isEmpty());
    assertThat(in("Ripen"))
        .anySatisfy(message -> assertThat(message.isSet(Flags.Flag.FLAGGED)).isTrue());
  }

  @Test
  void what_is_not_kept_is_read_again_and_holds_up_nothing_else() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    CountDownLatch refusing = new CountDownLatch(1);
    deliver(BOUNCE);
    deliver(Received.letter("X: y", "Hello"));
    listen(
        inbound -> {
          if (inbound.getFirst() instanceof Inbound.Undelivered && refusing.getCount() > 0) {
            refusals.incrementAndGet();
            throw new IllegalStateException("the database is away");
          }
          kept.addAll(inbound);
        });
    assertThat(next()).isInstanceOf(Inbound.Said.class);
    await().atMost(SOON).until(() -> refusals.get() > 1);
    assertThat(in("INBOX")).hasSize(1);

    refusing.countDown();
    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
    await().atMost(SOON).until(() -> in("INBOX").isEmpty());
    assertThat(kept).isEmpty();
  }

  @Test
  void tells_when_it_has_heard_all_and_not_before() throws Exception {
    CountDownLatch keeping = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    deliver(BOUNCE);
    listen(
        new Listener.Sink() {
          @Override
          public void keep(List<Inbound> inbound) {
            if (keeping.getCount() > 0) {
              keeping.countDown();
              throw new IllegalStateException("the database is away");
            }
            assertThat(heard).as("nothing was kept yet").hasValue(0);
            kept.addAll(inbound);
          }

          @Override
          public void heardAll() {
            heard.incrementAndGet();
          }
        });

    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
    await().atMost(SOON).untilAsserted(() -> assertThat(heard).hasPositiveValue());
  }

  @Test
  void what_comes_right_before_it_waits_is_read_at_once() throws Exception {
    AtomicInteger coming = new AtomicInteger(1);
    MimeMessage bounce = Received.mime(BOUNCE);
    listen(
        new Listener.Sink() {
          @Override
          public void keep(List<Inbound> inbound) {
            kept.addAll(inbound);
          }

          @Override
          public void heardAll() {
            if (coming.getAndDecrement() > 0) {
              user.deliver(bounce);
            }
          }
        });

    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
  }

  @Test
  void ends_soon_when_interrupted() throws Exception {
    deliver(BOUNCE);
    listen(kept::addAll);
    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);

    listening.interrupt();

    assertThat(listening.join(SOON)).isTrue();
  }

  @Test
  void a_wrong_password_is_told_without_it() {
    assertThatThrownBy(() -> listener("wrong-password").listen(kept::addAll))
        .isInstanceOf(Listener.Unavailable.class)
        .hasMessageContaining("the mailbox at 127.0.0.1")
        .hasMessageNotContaining("wrong-password");
  }

  @Test
  void a_server_that_says_nothing_is_given_up_on() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      assertThatThrownBy(
              () ->
                  listener(
                          silent.getLocalPort(),
                          "secret",
                          Duration.ofSeconds(2),
                          Duration.ofMinutes(9))
                      .listen(kept::addAll))
          .isInstanceOf(Listener.Unavailable.class);
    }
  }

  @Test
  void a_server_that_vanished_without_a_word_while_we_waited_is_called_again() throws Exception {
    try (Wire wire = new Wire(server.getImap().getPort())) {
      listen(
          listener(wire.port(), "secret", Duration.ofSeconds(3), Duration.ofSeconds(5)),
          kept::addAll);
      await().atMost(SOON).until(() -> wire.said().contains("IDLE\r\n+ "));
      int connections = wire.connections();
      wire.forgetAll();
      deliver(BOUNCE);

      assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
      assertThat(wire.connections()).isGreaterThan(connections);
      await().atMost(SOON).until(() -> in("INBOX").isEmpty() && in("Ripen").size() == 1);
    }
  }

  @Test
  void a_connection_that_ended_while_it_was_put_aside_costs_nothing() throws Exception {
    List<Exception> troubles = new CopyOnWriteArrayList<>();
    try (Wire wire = new Wire(server.getImap().getPort())) {
      ImapListener listener =
          listener(wire.port(), "secret", Duration.ofSeconds(20), Duration.ofMinutes(9));
      listening =
          Thread.startVirtualThread(
              () -> {
                try {
                  listener.listen(kept::addAll);
                } catch (Listener.Unavailable | InterruptedException e) {
                  troubles.add(e);
                }
              });
      await().atMost(SOON).until(() -> wire.said().contains("IDLE\r\n+ "));
      assertThat(wire.connections()).as("one that waits, and one put aside").isEqualTo(2);
      wire.endNewest();
      deliver(BOUNCE);

      assertThat(next()).isInstanceOf(Inbound.Undelivered.class);
      assertThat(troubles).isEmpty();
    }
  }

  @Test
  void a_letter_at_which_the_line_breaks_holds_up_no_other_and_is_left_to_a_person()
      throws Exception {
    deliver(Received.letter("X: y", "Nobody can read me"));
    deliver(BOUNCE);
    MimeMessage bounce = Received.mime(BOUNCE);
    List<Integer> tries = new CopyOnWriteArrayList<>();
    try (Wire wire = new Wire(server.getImap().getPort())) {
      wire.cutAt("FETCH 1 (BODY");
      listen(
          patient(wire.port()),
          inbound -> {
            tries.add(timesSaid("FETCH 1 (BODY", wire));
            if (tries.size() < 3) {
              user.deliver(bounce);
            }
          });

      await().atMost(SOON).until(() -> in("INBOX").isEmpty() && in("Ripen").size() == 4);
      assertThat(tries).as("the others come first").containsExactly(1, 2, 3);
      assertThat(timesSaid("FETCH 1 (BODY", wire)).as("and one after the last").isEqualTo(4);
    }
    List<String> marked = new ArrayList<>();
    for (Message message : in("Ripen")) {
      if (message.isSet(Flags.Flag.FLAGGED)) {
        marked.add(message.getContent().toString());
      }
    }
    assertThat(marked)
        .singleElement()
        .satisfies(letter -> assertThat(letter).contains("Nobody can read me"));
  }

  @Test
  void a_server_that_shows_no_letter_for_a_while_costs_none() throws Exception {
    deliver(Received.letter("X: y", "STOP"));
    deliver(BOUNCE);
    try (Wire wire = new Wire(server.getImap().getPort())) {
      wire.cutAt("(BODY");
      listen(patient(wire.port()), kept::addAll);
      await().atMost(SOON).until(() -> wire.connections() > 8);
      assertThat(in("INBOX")).hasSize(2);
      wire.cutAt("nothing of this");

      assertThat(List.of(next(), next()))
          .hasAtLeastOneElementOfType(Inbound.Said.class)
          .hasAtLeastOneElementOfType(Inbound.Undelivered.class);
      await().atMost(SOON).until(() -> in("INBOX").isEmpty() && in("Ripen").size() == 2);
    }
  }

  @Test
  void a_server_that_goes_away_is_told_and_called_again() throws Exception {
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> listener("secret").listen(kept::addAll))
                    .isInstanceOf(Listener.Unavailable.class));
    deliver(BOUNCE);
    assertThat(next()).isInstanceOf(Inbound.Undelivered.class);

    server.stop();

    first.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }
}
