package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on the loopback address.
 *
 * @param purpose who listens there, for people
 * @param property the setting that changes it
 */
record Port(int number, String purpose, String property) {

  /** Refuses when somebody else listens there. */
  void requireFree() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
    } catch (IOException e) {
      throw new Failure(
          "port %d is taken, and %s needs it (%s): stop what listens there, or choose another port with --%s=…"
              .formatted(number, purpose, e.getMessage(), property),
          e);
    }
  }

  /** Ports that nobody uses at this moment; all held while they are picked, so no two are one. */
  static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      held.forEach(Port::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
