package io.ripen.engine.leads;

import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What a failed batch means for its events (PostgreSQL manual, appendix A, Error Codes). */
enum Failure {
  /** A server is away, or not fit: wait. The events are as good as any. */
  SERVER,

  /** Another batch was in the way: again, at once. */
  RACE,

  /** An event that PostgreSQL or we cannot take is among them. */
  EVENT;

  private static final Set<String> RACES = Set.of("40001", "40P01", "55P03", "23505");

  /** By the first two characters: data, integrity, limits such as that of an index row. */
  private static final Set<String> REFUSALS = Set.of("22", "23", "54");

  static Failure of(RuntimeException e) {
    SQLException sql = sql(e);
    if (sql != null) {
      String state = sql.getSQLState() == null ? "" : sql.getSQLState();
      return RACES.contains(state)
          ? RACE
          : state.length() == 5 && REFUSALS.contains(state.substring(0, 2)) ? EVENT : SERVER;
    }
    return switch (e) {
      case ConcurrencyFailureException race -> RACE;
      case DataAccessException away -> SERVER;
      case TransactionException away -> SERVER;
      case KafkaException away -> SERVER;
      default -> EVENT;
    };
  }

  /** The reason, without the details in which PostgreSQL quotes whole rows. */
  static String describe(RuntimeException e) {
    SQLException sql = sql(e);
    return sql == null
        ? "it cannot be applied: " + e
        : "PostgreSQL refuses it: %s (SQLSTATE %s)"
            .formatted(
                String.valueOf(sql.getMessage()).lines().findFirst().orElse(""), sql.getSQLState());
  }

  private static @Nullable SQLException sql(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
