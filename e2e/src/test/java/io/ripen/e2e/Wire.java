package io.ripen.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way from a browser to a server here, on which a test lets things go wrong. */
final class Wire implements AutoCloseable {

  private enum State {
    SOUND,
    /** Every connection ends at once. */
    CUT,
    /** Connections open and stay, and nothing comes through. */
    SWALLOWING
  }

  private final int target;
  private final ServerSocket server;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile State state = State.SOUND;

  Wire(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** As a network does that is gone: open connections end, new ones too. */
  void cut() {
    state = State.CUT;
    lines.forEach(Line::end);
  }

  /** As a box does that forgets connections: nobody is told, and nothing arrives. */
  void swallow() {
    state = State.SWALLOWING;
    lines.forEach(Line::swallow);
  }

  /** New connections are sound from now on; what was swallowed stays so. */
  void mend() {
    state = State.SOUND;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        switch (state) {
          case SOUND -> connect(client);
          case SWALLOWING -> lines.add(new Line(client, null));
          case CUT -> client.close();
        }
      } catch (IOException e) {
        // The test is over, or the browser has thought better of it.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      lines.add(new Line(client, new Socket(server.getInetAddress(), target)));
    } catch (IOException e) {
      // The server behind is away.
      client.close();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.forEach(Line::end);
  }

  /** One connection and its counterpart, if it has one. */
  private final class Line {

    private final Socket client;
    private final Socket behind;
    private volatile boolean isSwallowed;

    Line(Socket client, Socket behind) {
      this.client = client;
      this.behind = behind;
      this.isSwallowed = behind == null;
      Thread.ofVirtual().start(() -> pass(client, behind));
      if (behind != null) {
        Thread.ofVirtual().start(() -> pass(behind, client));
      }
    }

    void swallow() {
      isSwallowed = true;
    }

    void end() {
      lines.remove(this);
      quietly(client);
      quietly(behind);
    }

    private void pass(Socket from, Socket to) {
      byte[] bytes = new byte[8192];
      try (InputStream in = from.getInputStream()) {
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          if (!isSwallowed) {
            OutputStream out = to.getOutputStream();
            out.write(bytes, 0, count);
            out.flush();
          }
        }
      } catch (IOException e) {
        // One side is gone; the other one hears of it below.
      }
      // Of a line that is swallowed, neither side hears of the other's end.
      if (!isSwallowed || from == client) {
        end();
      }
    }

    private static void quietly(Socket socket) {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
