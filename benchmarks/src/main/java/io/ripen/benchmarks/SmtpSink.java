package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ripen.app.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A mail server that takes everything, and keeps of it whom it was for and when its final dot came,
 * by {@link System#nanoTime()}.
 */
final class SmtpSink implements AutoCloseable {

  private static final String MESSAGE_ID = "Message-ID: <";

  private final ServerSocket listener;
  private final Map<String, List<Long>> arrivals = new HashMap<>();
  private final Map<String, Integer> byMessageId = new HashMap<>();
  private volatile Duration thinks = Duration.ZERO;
  private int mails;
  private long lastArrival;
  private String sample = "";

  SmtpSink() throws IOException {
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("smtp").start(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Forgets what it has taken. */
  synchronized void clear() {
    arrivals.clear();
    byMessageId.clear();
    mails = 0;
    sample = "";
  }

  /** How many it has taken. */
  synchronized int mails() {
    return mails;
  }

  /** One of those that it has taken, as it came; empty before the first. */
  synchronized String sample() {
    return sample;
  }

  /** When each mail arrived, by recipient, in order. */
  synchronized Map<String, List<Long>> arrivals() {
    Map<String, List<Long>> copy = new HashMap<>();
    arrivals.forEach((recipient, times) -> copy.put(recipient, List.copyOf(times)));
    return copy;
  }

  /** How often each mail arrived, by what its Message-ID has before the {@code @}. */
  synchronized Map<String, Integer> byMessageId() {
    return Map.copyOf(byMessageId);
  }

  /** How long it takes from the final dot to the answer. */
  void thinks(Duration time) {
    thinks = time;
  }

  /** When the newest mail came. */
  synchronized long lastArrival() {
    return lastArrival;
  }

  /**
   * Waits until it has taken so many.
   *
   * @throws Failure when none has come for so long, and some are missing
   */
  synchronized void await(int count, Duration patience) throws InterruptedException {
    while (mails < count) {
      int before = mails;
      long deadline = System.nanoTime() + patience.toNanos();
      while (mails == before) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new Failure(
              "%d of %d mails have arrived, and no more for %d s"
                  .formatted(mails, count, patience.toSeconds()));
        }
        wait(left);
      }
    }
  }

  private synchronized boolean wantsSample() {
    return sample.isEmpty();
  }

  private synchronized void took(String recipient, String messageId, String mail, long when) {
    if (sample.isEmpty()) {
      sample = mail;
    }
    byMessageId.merge(messageId, 1, Integer::sum);
    arrivals.computeIfAbsent(recipient, any -> new ArrayList<>()).add(when);
    mails++;
    lastArrival = when;
    notifyAll();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
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
      connection.setTcpNoDelay(true);
      say(connection, "220 sink.test ESMTP");
      String recipient = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
          case "EHLO" -> say(connection, "250-sink.test\r\n250 8BITMIME");
          case "RCPT" -> {
            recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            say(connection, "250 OK");
          }
          case "DATA" -> take(in, connection, recipient);
          case "QUIT" -> {
            say(connection, "221 Bye");
            return;
          }
          default -> say(connection, "250 OK");
        }
      }
    } catch (IOException gone) {
      // The workers were ended.
    }
  }

  private void take(BufferedReader in, Socket connection, String recipient) throws IOException {
    say(connection, "354 Go ahead");
    String messageId = "";
    StringBuilder mail = wantsSample() ? new StringBuilder() : null;
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("ended before the final dot");
      }
      if (mail != null) {
        mail.append(line, line.startsWith(".") ? 1 : 0, line.length()).append("\r\n");
      }
      if (messageId.isEmpty() && line.startsWith(MESSAGE_ID)) {
        messageId = line.substring(line.indexOf('<') + 1, line.indexOf('@'));
      }
    }
    took(recipient, messageId, mail == null ? "" : mail.toString(), System.nanoTime());
    think();
    say(connection, "250 OK");
  }

  private void think() throws IOException {
    try {
      Thread.sleep(thinks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ended while it was thinking", e);
    }
  }

  private static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
