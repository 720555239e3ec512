package io.ripen.engine.standstill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The advisory lock of PostgreSQL that all who work share, and that who wants all to stand still
 * has alone. It belongs to a session: PostgreSQL takes it back from the dead. For one thread.
 */
public final class StandstillLock {

  /** The two numbers that name it; "RIPE", so that it is found in pg_locks. */
  private static final String KEY = "1380536389, 1";

  private static final String OURS =
      """
       locktype = 'advisory' and classid = 1380536389::oid and objid = 1::oid and objsubid = 2
         and database = (select oid from pg_database where datname = current_database())
      """;

  private static final String NOT_IN_TIME = "55P03";

  private final Connection session;

  /**
   * @param session a connection of its own, in auto-commit mode
   */
  public StandstillLock(Connection session) {
    this.session = session;
  }

  /** What came of wanting all to stand still. */
  public sealed interface Answer {
    /** They do, until the lock is let go. */
    record AllStandStill() implements Answer {}

    /**
     * Some have not come to rest in time.
     *
     * @param who they are, as they call themselves
     */
    record SomeStillWork(List<String> who) implements Answer {}
  }

  /** Waits until nobody works any more; whoever comes meanwhile waits behind us. */
  public Answer takeAlone(Duration within) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("set lock_timeout = " + Math.max(1, within.toMillis()));
      try {
        statement.execute("select pg_advisory_lock(%s)".formatted(KEY));
        return new Answer.AllStandStill();
      } catch (SQLException e) {
        if (NOT_IN_TIME.equals(e.getSQLState())) {
          return new Answer.SomeStillWork(holders());
        }
        throw e;
      } finally {
        statement.execute("set lock_timeout = 0");
      }
    }
  }

  /** Lets all others go on. */
  public void leave() throws SQLException {
    boolean unused = ask("select pg_advisory_unlock(%s)".formatted(KEY));
  }

  /** Whether this session has it alone, and so has had it all the time. */
  public boolean isAlone() throws SQLException {
    return ask(
        "select exists (select from pg_locks where pid = pg_backend_pid() and granted"
            + " and mode = 'ExclusiveLock' and"
            + OURS
            + ")");
  }

  /** Takes a share of it, unless somebody has it alone or waits for that. */
  boolean share() throws SQLException {
    return ask("select pg_try_advisory_lock_shared(%s)".formatted(KEY));
  }

  void leaveShare() throws SQLException {
    boolean unused = ask("select pg_advisory_unlock_shared(%s)".formatted(KEY));
  }

  /** Whether somebody waits for all to stand still. */
  boolean isWaitedFor() throws SQLException {
    return ask(
        "select exists (select from pg_locks where not granted and mode = 'ExclusiveLock' and"
            + OURS
            + ")");
  }

  private List<String> holders() throws SQLException {
    List<String> holders = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select coalesce(nullif(application_name, ''), 'process ' || pid)
                         || coalesce(' at ' || host(client_addr), '')
                  from pg_locks join pg_stat_activity using (pid)
                 where granted and pid <> pg_backend_pid() and
                """
                    + OURS
                    + " order by 1")) {
      while (rows.next()) {
        holders.add(rows.getString(1));
      }
    }
    return holders;
  }

  private boolean ask(String sql) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
