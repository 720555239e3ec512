package io.ripen.channels.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** An SMTP server on a real socket that misbehaves as told, stage by stage. */
final class ScriptedSmtpServer implements AutoCloseable {

  /** Instead of a reply: closes the connection. */
  static final String CUT = "cut";

  /** Instead of a reply: says nothing at all. */
  static final String SILENCE = "silence";

  private final ServerSocket socket;
  private final Map<String, String> script = new ConcurrentHashMap<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Set<Socket> gone = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile int cutAfterLines = Integer.MAX_VALUE;

  ScriptedSmtpServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** From now on answers the stage ({@code GREETING, EHLO, MAIL, RCPT, DATA, DOT}) like this. */
  ScriptedSmtpServer answering(String stage, String reply) {
    script.put(stage, reply);
    return this;
  }

  /** From now on answers the stage as a healthy server does. */
  void healthyAt(String stage) {
    script.remove(stage);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Everything that clients said, outside of messages. */
  List<String> commands() {
    return commands;
  }

  /** The messages whose final dot came. */
  List<String> messages() {
    return messages;
  }

  /** How many connections were made in all. */
  int connections() {
    return open.size();
  }

  /** From now on takes so long for each answer. */
  void slow(Duration time) {
    delay = time;
  }

  /** From now on cuts the connection when so many lines of a message have come. */
  void cutsAfterLines(int lines) {
    cutAfterLines = lines;
  }

  /**
   * Is gone without a word for all who are connected, as when its machine lost its power or a
   * firewall forgot the connection; new ones are served.
   */
  void forgetAll() {
    gone.addAll(open);
  }

  /** Cuts all connections, as a server's restart does. */
  void cutAll() {
    open.forEach(ScriptedSmtpServer::cut);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    cutAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8);
      answer(client, out, "GREETING", "220 test");
      String line;
      while ((line = in.readLine()) != null) {
        commands.add(line);
        String verb = line.replaceFirst("[ :].*", "").toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO", "HELO" -> answer(client, out, "EHLO", "250-test\r\n250 8BITMIME");
          case "DATA" -> {
            answer(client, out, verb, "354 go on");
            if (script.getOrDefault("DATA", "354").startsWith("354")) {
              String message = body(in, client);
              if (message == null) {
                return;
              }
              messages.add(message);
              answer(client, out, "DOT", "250 2.0.0 queued");
            }
          }
          case "QUIT" -> {
            answer(client, out, verb, "221 bye");
            return;
          }
          default -> answer(client, out, verb, "250 ok");
        }
      }
    } catch (IOException e) {
      // The client went away, or we cut it.
    }
  }

  private String body(BufferedReader in, Socket client) throws IOException {
    StringBuilder body = new StringBuilder();
    String line;
    for (int lines = 1; (line = in.readLine()) != null; lines++) {
      if (lines > cutAfterLines) {
        // With what it has not read yet: a reset, not an end.
        cut(client);
        return null;
      }
      if (line.equals(".")) {
        return body.toString();
      }
      body.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return null;
  }

  private void answer(Socket client, Writer out, String stage, String healthy) throws IOException {
    LockSupport.parkNanos(delay.toNanos());
    String reply = gone.contains(client) ? SILENCE : script.getOrDefault(stage, healthy);
    switch (reply) {
      case CUT -> cut(client);
      case SILENCE -> {}
      default -> {
        out.write(reply + "\r\n");
        out.flush();
        if (reply.startsWith("421")) {
          cut(client);
        }
      }
    }
  }

  private static void cut(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
