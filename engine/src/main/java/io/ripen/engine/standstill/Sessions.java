package io.ripen.engine.standstill;

import io.ripen.engine.loops.Keepalives;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to PostgreSQL beside the pool, which would hand them on with the locks that
 * their sessions have.
 *
 * @param name what pg_stat_activity calls them
 */
public record Sessions(String url, @Nullable String user, @Nullable String password, String name) {

  private static final int LONGEST_NAME = 63;

  /** Time limits of the role's do not end a session that waits. */
  private static final String OURS =
      Keepalives.SET
          + """
          ;
          set statement_timeout = 0; set idle_session_timeout = 0;
          set idle_in_transaction_session_timeout = 0
          """;

  /** A name that tells which process it is. */
  public static String named(String role) {
    String name = "ripen %s, process %d".formatted(role, ProcessHandle.current().pid());
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /**
   * @param answerSeconds after which a connection that gives no answer counts as gone; 0 for never
   */
  public Connection open(int answerSeconds) throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", name);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
    properties.setProperty("tcpKeepAlive", "true");
    Connection session = DriverManager.getConnection(url, properties);
    try (Statement statement = session.createStatement()) {
      statement.execute(OURS);
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }
}
