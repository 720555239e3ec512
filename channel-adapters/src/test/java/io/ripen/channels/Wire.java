package io.ripen.channels;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way to a server on this machine, with a box on it that forgets connections. */
public final class Wire implements AutoCloseable {

  private final int target;
  private final ServerSocket server;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
  private final StringBuffer said = new StringBuffer();
  private volatile @Nullable String cutAt;
  private final AtomicInteger connections = new AtomicInteger();

  public Wire(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many were opened in all. */
  public int connections() {
    return connections.get();
  }

  /** What came through from both sides, in the order in which it came. */
  public String said() {
    return said.toString();
  }

  /**
   * From now on nothing comes through on all that are open, and neither side is told; new ones are
   * sound.
   */
  public void forgetAll() {
    forgotten.addAll(ends);
  }

  /** Ends the connection that was opened last. */
  public void endNewest() {
    ends.subList(ends.size() - 2, ends.size()).forEach(Wire::end);
  }

  /** From now on cuts the connection of whoever says this, before it comes through. */
  public void cutAt(String words) {
    cutAt = words;
  }

  private boolean isCutBy(String said) {
    String words = cutAt;
    return words != null && said.contains(words);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket behind = new Socket(server.getInetAddress(), target);
        ends.addAll(List.of(client, behind));
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> pass(client, behind));
        Thread.ofVirtual().start(() -> pass(behind, client));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (!forgotten.contains(from)) {
          String now = new String(bytes, 0, count, ISO_8859_1);
          said.append(now);
          if (isCutBy(now)) {
            break;
          }
          to.getOutputStream().write(bytes, 0, count);
        }
      }
    } catch (IOException e) {
      // One side is gone; the other one hears of it below.
    }
    // Where connections are forgotten, neither side hears of the other's end.
    if (!forgotten.contains(from)) {
      end(from);
      end(to);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ends.forEach(Wire::end);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
