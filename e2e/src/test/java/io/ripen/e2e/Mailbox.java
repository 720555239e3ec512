package io.ripen.e2e;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;

/** The mailbox that answers to Ripen's letters come to, on a real server of this JVM. */
final class Mailbox {

  static final String ADDRESS = "shop@example.com";

  private static final Mailbox HERE = new Mailbox();

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });

  private Mailbox() {
    server.start();
    server.setUser(ADDRESS, ADDRESS, "secret");
  }

  static Mailbox here() {
    return HERE;
  }

  /** How Ripen reads it. */
  String[] options() {
    return new String[] {
      "--ripen.email.inbox.host=127.0.0.1",
      "--ripen.email.inbox.port=" + server.getImap().getPort(),
      "--ripen.email.inbox.username=" + ADDRESS,
      "--ripen.email.inbox.password=secret",
      "--ripen.email.inbox.encryption=none"
    };
  }

  /** For those who write to it. */
  Session session() {
    return server.getSmtp().createSession();
  }
}
