package io.ripen.engine.backup;

import io.ripen.engine.standstill.Sessions;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the stores are, and how they are reached.
 *
 * @param zeebe the management address of a gateway
 */
public record Stores(
    String jdbcUrl,
    @Nullable String user,
    @Nullable String password,
    KafkaClients kafka,
    URI zeebe) {

  /** Settings of each kind of client. */
  public record KafkaClients(
      Map<String, Object> admin, Map<String, Object> consumer, Map<String, Object> producer) {}

  /** A session of its own: locks and transactions are nobody else's. */
  Connection connect() throws SQLException {
    return new Sessions(jdbcUrl, user, password, Sessions.named("backup")).open(0);
  }
}
