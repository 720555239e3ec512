package io.ripen.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.ripen.channels.email.SmtpServer.Encryption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Postfix, which takes mail for example.org and mail.example.com, and Dovecot, which shows it; as
 * Debian packages them. Mail to {@code full@example.org} and to unknown people there bounces.
 */
final class MailServers implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Path home;
  private final int smtp = freePort();
  private final int imap = freePort();
  private final Process postfix;
  private final Process dovecot;

  MailServers() throws IOException, InterruptedException {
    for (String program : List.of("/usr/sbin/postfix", "/usr/sbin/dovecot")) {
      if (!Files.isExecutable(Path.of(program))) {
        throw new IllegalStateException(
            program + " is missing (apt-get install postfix dovecot-imapd)");
      }
    }
    home = Files.createTempDirectory("mail-servers");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path mail = Files.createDirectory(home.resolve("mail"));
    run("chown", "mail:mail", mail.toString());
    run("chown", "postfix", Files.createDirectory(home.resolve("data")).toString());
    Files.createDirectory(home.resolve("queue"));
    Path postfixFolder = Files.createDirectory(home.resolve("postfix"));
    Files.writeString(postfixFolder.resolve("main.cf"), mainCf(mail));
    Files.writeString(postfixFolder.resolve("master.cf"), masterCf());
    Path dovecotConf = Files.writeString(home.resolve("dovecot.conf"), dovecotConf(mail));
    postfix = start("postfix", "-c", postfixFolder.toString(), "start-fg");
    dovecot = start("dovecot", "-F", "-c", dovecotConf.toString());
    await().atMost(SOON).until(() -> answers(smtp) && answers(imap));
  }

  SmtpServer smtp() {
    return Emails.plain(smtp);
  }

  /** The mailbox of this user. */
  ImapServer imap(String user) {
    return new ImapServer(
        "127.0.0.1",
        imap,
        user,
        "secret",
        Encryption.NONE,
        "INBOX",
        "Ripen",
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofMinutes(9),
        Map.of());
  }

  /** The messages that this user has not read, as they lie on the disk. */
  List<Path> unread(String user) throws IOException {
    Path folder = home.resolve("mail").resolve(user).resolve("new");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private String mainCf(Path mail) {
    return """
    compatibility_level = 3.6
    myhostname = mx.example.com
    mydestination =
    inet_interfaces = 127.0.0.1
    inet_protocols = ipv4
    mynetworks = 127.0.0.0/8
    queue_directory = %1$s/queue
    data_directory = %1$s/data
    maillog_file = /dev/stdout
    maillog_file_prefixes = /dev
    recipient_delimiter = +
    virtual_mailbox_domains = example.org, mail.example.com
    virtual_mailbox_base = %2$s
    virtual_mailbox_maps = inline:{ { anna@example.org = anna/ }, { bounce@mail.example.com = bounce/ } }
    virtual_minimum_uid = 1
    virtual_uid_maps = static:8
    virtual_gid_maps = static:8
    transport_maps = inline:{ { full@example.org = error:5.2.2 the mailbox is full } }
    smtpd_reject_unlisted_recipient = no
    smtpd_recipient_restrictions = permit_mynetworks, reject
    """
        .formatted(home, mail);
  }

  private String masterCf() {
    return """
    127.0.0.1:%d inet n - n - - smtpd
    pickup unix n - n 60 1 pickup
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    error unix - - n - - error
    retry unix - - n - - error
    virtual unix - n n - - virtual
    smtp unix - - n - - smtp
    proxymap unix - - n - - proxymap
    anvil unix - - n - 1 anvil
    postlog unix-dgram n - n - 1 postlogd
    """
        .formatted(smtp);
  }

  private String dovecotConf(Path mail) {
    return """
    protocols = imap
    listen = 127.0.0.1
    base_dir = %1$s/dovecot-run
    state_dir = %1$s/dovecot-state
    log_path = %1$s/dovecot.log
    ssl = no
    disable_plaintext_auth = no
    mail_location = maildir:%2$s/%%u
    first_valid_uid = 1
    service imap-login {
      inet_listener imap {
        port = %3$d
      }
      inet_listener imaps {
        port = 0
      }
    }
    passdb {
      driver = static
      args = password=secret
    }
    userdb {
      driver = static
      args = uid=mail gid=mail home=%2$s/%%u
    }
    namespace inbox {
      inbox = yes
    }
    """
        .formatted(home, mail, imap);
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(home.resolve(command[0] + ".out").toFile());
    return builder.start();
  }

  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      socket.setSoTimeout(5000);
      return socket.getInputStream().read() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    postfix.destroy();
    dovecot.destroy();
    postfix.waitFor();
    dovecot.waitFor();
    run("rm", "-rf", home.toString());
  }
}
