package io.ripen.engine.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives a thread one connection at a time. Where a pool has sixteen, sixteen threads that each have
 * one and want another wait for ever, and only under load; here the first one fails.
 */
final class OneConnection extends DelegatingDataSource {

  /** How many each thread has; a connection may be closed by another one. */
  private final ThreadLocal<AtomicInteger> held = ThreadLocal.withInitial(AtomicInteger::new);

  OneConnection(DataSource database) {
    super(database);
  }

  @Override
  public Connection getConnection() throws SQLException {
    AtomicInteger mine = held.get();
    if (mine.get() > 0) {
      throw new IllegalStateException(
          "this thread has a connection and asks for a second one: use one transaction, or read the"
              + " first result to its end");
    }
    Connection connection = super.getConnection();
    mine.incrementAndGet();
    AtomicBoolean open = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            OneConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && open.getAndSet(false)) {
                mine.decrementAndGet();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
