package io.ripen.engine.loops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one server of several work: the one whose session holds the advisory lock, which PostgreSQL
 * takes back from the dead, also from machines that are gone without a word.
 */
public final class OneAtATime {

  private static final Logger LOG = LoggerFactory.getLogger(OneAtATime.class);

  /** Both together are less than PostgreSQL takes to notice; see {@link Keepalives}. */
  private static final Looks LOOKS = new Looks(Duration.ofSeconds(10), Duration.ofSeconds(10));

  private final DataSource database;
  private final String name;
  private final long lock;
  private final @Nullable Looks looks;

  /**
   * @param every so often the session is looked at
   * @param answerWithin after so long without an answer it counts as gone
   */
  record Looks(Duration every, Duration answerWithin) {}

  /**
   * @param name of the work; the same for all servers, and for nothing else
   */
  public OneAtATime(DataSource database, String name) {
    this(database, name, null);
  }

  OneAtATime(DataSource database, String name, @Nullable Looks looks) {
    this.database = database;
    this.name = name;
    this.lock = ("ripen " + name).hashCode() * 0x9e3779b97f4a7c15L;
    this.looks = looks;
  }

  /**
   * For rounds that take long without the database: one is interrupted when its session is lost, as
   * somebody else gets the lock then.
   */
  public static OneAtATime watched(DataSource database, String name) {
    return new OneAtATime(database, name, LOOKS);
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
      try (Statement statement = connection.createStatement()) {
        statement.execute(Keepalives.SET);
        return looks == null ? round.run() : Watch.over(connection, looks, round);
      } finally {
        leave(connection);
      }
    }
  }

  private void leave(Connection connection) {
    try {
      boolean unused = ask(connection, "select pg_advisory_unlock(?)");
    } catch (SQLException e) {
      LOG.warn("The lock of \"{}\" ends with its session, which is lost: {}", name, e.getMessage());
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
