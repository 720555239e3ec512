package io.ripen.engine.monitoring;

import io.ripen.engine.monitoring.MonitoringProperties.Source;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Which source fills the read model: one of two, as their numbers do not add up. */
final class ReadModelSourceJdbc {

  private static final Logger LOG = LoggerFactory.getLogger(ReadModelSourceJdbc.class);

  private final JdbcTemplate jdbc;

  ReadModelSourceJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes it this source from now on; what the other one told is thrown away. */
  void takeOver(Source source, TransactionOperations transaction) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.execute("lock table read_model in exclusive mode");
          List<String> before = jdbc.queryForList("select source from read_model", String.class);
          if (before.contains(word(source))) {
            return;
          }
          if (!before.isEmpty() || source == Source.SEARCH) {
            LOG.info("The read model of flows is made anew, from now on by {}", word(source));
            clear();
          }
          jdbc.update("insert into read_model (source) values (?)", word(source));
        });
  }

  private void clear() {
    for (String table :
        List.of(
            "read_model",
            "export_position",
            "search_place",
            "search_counted",
            "flow_element_count",
            "flow_element_instance",
            "ended_step",
            "flow_incident",
            "flow_instance_lead",
            "user_task")) {
      jdbc.update("delete from " + table);
    }
  }

  /**
   * Sees, and makes sure until the transaction ends, that no other source has taken over.
   *
   * @throws IllegalStateException when one has
   */
  void check(Source source) {
    jdbc.query(
        "select source from read_model for share",
        row -> {
          if (!row.getString("source").equals(word(source))) {
            throw new IllegalStateException(
                "%s: %s, but another engine fills the read model by %s (expected: the same setting in all engines)"
                    .formatted(MonitoringProperties.SOURCE, word(source), row.getString("source")));
          }
        });
  }

  private static String word(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
