package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toSet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server that does what a test tells it. Its lines are its own, since a library's would
 * hide the moments that matter: after the recipient, and between the final dot and its answer.
 */
final class ScriptedSmtp implements AutoCloseable {

  /** Where in the conversation a script is asked. */
  enum Stage {
    /** The recipient is named; nothing is sent yet. */
    RECIPIENT,
    /** The final dot is here; the answer decides whether the message is taken. */
    FINAL_DOT
  }

  /** May take its time, and do things to others meanwhile. */
  @FunctionalInterface
  interface Script {
    /** The line to answer with; an empty one hangs up. */
    String answer(Stage stage, String recipient);
  }

  static final String OK = "250 2.0.0 OK";
  static final String GREYLISTED = "450 4.2.0 Please try again later";
  static final String NO_SUCH_USER = "550 5.1.1 No such user";

  private final InetAddress address;
  private final int port = Ports.free();
  private final List<Mail> accepted = new CopyOnWriteArrayList<>();
  private final List<String> attempts = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Script script = (stage, recipient) -> OK;
  private volatile ServerSocket listener;

  ScriptedSmtp() {
    this(InetAddress.getLoopbackAddress());
  }

  private ScriptedSmtp(InetAddress address) {
    this.address = address;
    listener = listen();
  }

  /** One that containers reach, too. */
  static ScriptedSmtp onAllAddresses() {
    return new ScriptedSmtp(new InetSocketAddress(0).getAddress());
  }

  int port() {
    return port;
  }

  void play(Script script) {
    this.script = script;
  }

  /** To these people only: whatever is due to somebody else goes its usual way. */
  void playTo(List<Shopper> shoppers, Script script) {
    Set<String> addresses = addresses(shoppers);
    play(
        (stage, recipient) -> addresses.contains(recipient) ? script.answer(stage, recipient) : OK);
  }

  void playWell() {
    play((stage, recipient) -> OK);
  }

  /** What the server took responsibility for, whether or not the sender got to know. */
  List<Mail> acceptedFor(Shopper shopper) {
    return acceptedFor(List.of(shopper));
  }

  List<Mail> accepted() {
    return List.copyOf(accepted);
  }

  List<Mail> acceptedFor(List<Shopper> shoppers) {
    Set<String> addresses = addresses(shoppers);
    return accepted.stream().filter(mail -> addresses.contains(mail.recipient())).toList();
  }

  private static Set<String> addresses(List<Shopper> shoppers) {
    return shoppers.stream().map(Shopper::email).collect(toSet());
  }

  /** The recipient of each message that somebody began to hand over. */
  List<String> attempts() {
    return List.copyOf(attempts);
  }

  /** Refuses connections and drops those that are open. */
  void goDown() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void comeBack() {
    listener = listen();
  }

  @Override
  public void close() {
    goDown();
  }

  private ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 200);
      Thread.ofVirtual().name("smtp").start(() -> take(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().name("smtp-connection").start(() -> converse(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket connection) {
    try (connection;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1))) {
      new Conversation(in, connection).run();
    } catch (IOException gone) {
      // The other side was killed, or we hung up: that is what we are here for.
    } finally {
      connections.remove(connection);
    }
  }

  /** One client's lines. Latin-1 keeps the bytes of the message as they are. */
  private final class Conversation {

    private final BufferedReader in;
    private final Socket socket;
    private String recipient = "";

    Conversation(BufferedReader in, Socket socket) {
      this.in = in;
      this.socket = socket;
    }

    void run() throws IOException {
      say("220 smtp.test ESMTP");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase();
        switch (verb) {
          case "EHLO" -> say("250-smtp.test\r\n250-8BITMIME\r\n250 SMTPUTF8");
          case "RCPT" -> recipient(line);
          case "DATA" -> data();
          case "QUIT" -> {
            say("221 2.0.0 Bye");
            return;
          }
          default -> say(OK);
        }
      }
    }

    private void recipient(String line) throws IOException {
      recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
      attempts.add(recipient);
      answer(script.answer(Stage.RECIPIENT, recipient));
    }

    private void data() throws IOException {
      say("354 Go ahead");
      StringBuilder source = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new IOException("ended before the final dot");
        }
        source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      String answer = script.answer(Stage.FINAL_DOT, recipient);
      if (answer.startsWith("2")) {
        accepted.add(Mail.parse(recipient, source.toString().getBytes(ISO_8859_1)));
      }
      answer(answer);
    }

    private void answer(String line) throws IOException {
      if (line.isEmpty()) {
        throw new IOException("hung up as the script says");
      }
      say(line);
    }

    private void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }
  }
}
