package io.ripen.engine.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads flows' diagrams and what became of their touches. */
@Component
@Profile("engine")
final class FlowsJdbc {

  private static final String STATES =
      """
      count(*) filter (where state = 'accepted') as accepted,
      count(*) filter (where state = 'denied') as denied,
      count(*) filter (where state = 'rejected') as rejected,
      count(*) filter (where state = 'uncertain') as uncertain,
      count(*) filter (where state in ('planned', 'claimed', 'handing-over')) as open
      """;

  private final JdbcClient jdbc;

  FlowsJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<String> xml(long processKey) {
    return jdbc.sql("select xml from flow_version where process_key = :key")
        .param("key", processKey)
        .query(String.class)
        .optional();
  }

  /** By flow, over all its versions. */
  Map<String, FlowTouches> touchesByFlow() {
    return jdbc
        .sql("select flow as place, " + STATES + " from touch group by flow")
        .query(FlowsJdbc::touches)
        .list()
        .stream()
        .collect(Collectors.toMap(FlowTouches::element, touches -> touches));
  }

  /** By send task of one version. */
  List<FlowTouches> touches(String flow, int version) {
    return jdbc.sql(
            "select element_id as place, "
                + STATES
                + """
                 from touch where flow = :flow and flow_version = :version
                group by element_id order by element_id
                """)
        .param("flow", flow)
        .param("version", version)
        .query(FlowsJdbc::touches)
        .list();
  }

  /** What the messages of one version cost, as far as their providers have told, by currency. */
  List<FlowCounts.Cost> costs(String flow, int version) {
    return jdbc.sql(
            """
            select cost_currency, sum(cost) as cost from touch
            where flow = :flow and flow_version = :version and cost is not null
            group by cost_currency order by cost_currency
            """)
        .param("flow", flow)
        .param("version", version)
        .query(
            (row, number) ->
                new FlowCounts.Cost(
                    Json.plain(row.getBigDecimal("cost")), row.getString("cost_currency")))
        .list();
  }

  private static FlowTouches touches(ResultSet row, int number) throws SQLException {
    return new FlowTouches(
        row.getString("place"),
        row.getLong("accepted"),
        row.getLong("denied"),
        row.getLong("rejected"),
        row.getLong("uncertain"),
        row.getLong("open"));
  }
}
