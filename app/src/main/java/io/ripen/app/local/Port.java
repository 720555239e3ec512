package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port on the loopback address.
 *
 * @param purpose who listens there, for people
 * @param property the setting that changes it
 */
record Port(int number, String purpose, String property) {

  private static final int ANY = 0;

  /** Refuses when two of them are one, or somebody else listens on one. */
  static void requireFree(List<Port> ports) {
    Map<Integer, Port> seen = new HashMap<>();
    for (Port port : ports) {
      @Nullable Port same = port.number == ANY ? null : seen.putIfAbsent(port.number, port);
      if (same != null) {
        throw new Failure(
            "port %d is given twice, to %s (%s) and to %s (%s): choose another for one of them"
                .formatted(port.number, same.purpose, same.property, port.purpose, port.property));
      }
    }
    ports.forEach(Port::requireFree);
  }

  private void requireFree() {
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
