package io.ripen.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports that nobody listens on. They lie below what the local server takes, and below what
 * operating systems give to outgoing connections, one of which might otherwise be there first.
 */
final class Ports {

  private static final int FIRST = 10_000;
  private static final int COUNT = 10_000;

  /** Each is given out once; other test runs on this machine begin somewhere else. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  static int free() {
    return free(1).getFirst();
  }

  static List<Integer> free(int count) {
    return Stream.generate(() -> FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT))
        .limit(COUNT)
        .filter(Ports::isFree)
        .limit(count)
        .toList();
  }

  private static boolean isFree(int port) {
    for (InetAddress address :
        List.of(InetAddress.getLoopbackAddress(), new InetSocketAddress(0).getAddress())) {
      try {
        new ServerSocket(port, 1, address).close();
      } catch (BindException taken) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }
}
