package io.ripen.channels.email;

import io.ripen.channels.email.SmtpConnector.NotConnected;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** The open connections. One that was idle is asked whether it lives before it is used. */
final class ConnectionPool implements AutoCloseable {

  /** A connection that worked so lately needs no question, which would cost a round trip. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final GenericObjectPool<SmtpConnection> pool;

  ConnectionPool(SmtpConnector connector, SmtpPool settings) {
    GenericObjectPoolConfig<SmtpConnection> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(settings.size());
    config.setMaxIdle(settings.size());
    config.setTestOnBorrow(true);
    config.setTestOnReturn(true);
    config.setMinEvictableIdleDuration(settings.maxIdle());
    config.setTimeBetweenEvictionRuns(settings.maxIdle().dividedBy(2));
    config.setJmxEnabled(false);
    pool =
        new GenericObjectPool<>(new Factory(connector, settings.messagesPerConnection()), config);
  }

  /** An idle connection that answers, or else a new one. */
  SmtpConnection borrow() throws NotConnected {
    try {
      return pool.borrowObject();
    } catch (NotConnected | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no SMTP connection could be borrowed", e);
    }
  }

  /** Takes a connection back, or closes it if it is broken or has carried enough. */
  void giveBack(SmtpConnection connection) {
    // Not invalidateObject, which opens another connection at once and fails where it cannot.
    pool.returnObject(connection);
  }

  /** Closes all idle connections: when one is stale, the others most likely are. */
  void dropIdle() {
    pool.clear();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class Factory extends BasePooledObjectFactory<SmtpConnection> {
    private final SmtpConnector connector;
    private final int messagesPerConnection;

    Factory(SmtpConnector connector, int messagesPerConnection) {
      this.connector = connector;
      this.messagesPerConnection = messagesPerConnection;
    }

    @Override
    public SmtpConnection create() throws NotConnected {
      return connector.open();
    }

    @Override
    public PooledObject<SmtpConnection> wrap(SmtpConnection connection) {
      return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(PooledObject<SmtpConnection> pooled) {
      SmtpConnection connection = pooled.getObject();
      if (pooled.getState() == PooledObjectState.RETURNING) {
        return !connection.isBroken() && connection.messages() < messagesPerConnection;
      }
      return pooled.getIdleDuration().compareTo(FRESH) < 0 || connection.isConnected();
    }

    @Override
    public void destroyObject(PooledObject<SmtpConnection> pooled) {
      try {
        pooled.getObject().close();
      } catch (MessagingException e) {
        // The server hung up first; all the same to us.
      }
    }
  }
}
