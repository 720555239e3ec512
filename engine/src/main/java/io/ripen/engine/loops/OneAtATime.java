package io.ripen.engine.loops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets one server of several work: the one whose session holds the advisory lock, which PostgreSQL
 * takes back from the dead.
 */
public final class OneAtATime {

  private final DataSource database;
  private final long lock;

  /**
   * @param name of the work; the same for all servers, and for nothing else
   */
  public OneAtATime(DataSource database, String name) {
    this.database = database;
    this.lock = ("ripen " + name).hashCode() * 0x9e3779b97f4a7c15L;
  }

  /**
   * Does a round, unless another server is at it.
   *
   * @return what the round returns; false where another one works
   */
  public boolean run(Loop.Round round) throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      if (!ask(connection, "select pg_try_advisory_lock(?)")) {
        return false;
      }
      try {
        return round.run();
      } finally {
        boolean unused = ask(connection, "select pg_advisory_unlock(?)");
      }
    }
  }

  private boolean ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, lock);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
