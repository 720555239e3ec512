package io.ripen.e2e;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Somebody else's server that a test plays, for as long as the tests run. */
final class Played {

  private Played() {}

  /** Begins to answer on a free port, which only this machine reaches; returns the port. */
  static int by(HttpHandler handler) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext("/", handler);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return http.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
