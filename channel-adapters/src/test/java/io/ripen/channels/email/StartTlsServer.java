package io.ripen.channels.email;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.subethamail.smtp.server.SMTPServer;

/** SubEtha's server, with or without STARTTLS, with a certificate that nobody vouches for. */
final class StartTlsServer implements AutoCloseable {

  private final SMTPServer server;
  private final AtomicInteger handshakes = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger();

  StartTlsServer(boolean offered) {
    SSLContext tls = context();
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .enableTLS(offered)
            .hideTLS(!offered)
            .requireTLS(offered)
            .startTlsSocketFactory(
                socket -> {
                  handshakes.incrementAndGet();
                  SSLSocket secure =
                      (SSLSocket)
                          tls.getSocketFactory()
                              .createSocket(socket, "127.0.0.1", socket.getPort(), true);
                  secure.setUseClientMode(false);
                  return secure;
                })
            .messageHandler((context, from, to, data) -> messages.incrementAndGet())
            .build();
    server.start();
  }

  int port() {
    return server.getPortAllocated();
  }

  /** How many messages came after a handshake. */
  int encryptedMessages() {
    return handshakes.get() == 0 ? 0 : messages.get();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static SSLContext context() {
    try (InputStream keys =
        DummySSLServerSocketFactory.class.getResourceAsStream("/greenmail.p12")) {
      char[] password = "changeit".toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(keys, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException("the test certificate could not be read", e);
    }
  }
}
