package io.ripen.engine.privacy;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts a row about one lead into every table that may hold one, made from its columns. */
final class Everywhere {

  static final String WORD = "Quinzibaldo";
  static final String EMAIL = "quinzibaldo@example.org";
  static final long INSTANCE = 4711;

  /** Columns that take certain words only. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("touch.state", "accepted"),
          Map.entry("gate_decision.verdict", "allow"),
          Map.entry("onsite_message.kind", "chat"),
          Map.entry("onsite_message.author", "visitor"),
          Map.entry("user_task.state", "open"),
          Map.entry("signal.state", "pending"),
          Map.entry("cart.state", "open"),
          Map.entry("customer_order.state", "placed"),
          Map.entry("lead_identity.kind", "user"),
          Map.entry("suppression.address", EMAIL),
          Map.entry("suppression.channel", "email"),
          Map.entry("suppression.purpose", "all"),
          Map.entry("suppression.reason", "unsubscribed"));

  private static final Set<String> LEADS =
      Set.of("lead_id", "survivor_id", "merged_id", "id", "cart_id", "claim");

  private record Column(String name, String type) {}

  private final JdbcClient jdbc;

  Everywhere(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void plant(UUID lead) {
    for (Holding holding : Holdings.ALL.reversed()) {
      plant(holding.table(), lead);
    }
  }

  /** Zeebe has told that all have ended. */
  void forgetInstances() {
    jdbc.sql("delete from flow_element_instance").update();
  }

  private void plant(String table, UUID lead) {
    List<Column> columns =
        jdbc.sql(
                """
                select column_name, data_type from information_schema.columns
                where table_schema = 'public' and table_name = :table and is_generated = 'NEVER'
                  and is_identity = 'NO' and column_name <> 'merged_into'
                """)
            .param("table", table)
            .query((row, n) -> new Column(row.getString(1), row.getString(2)))
            .list();
    jdbc.sql(
            "insert into %s (%s) values (%s)"
                .formatted(
                    table,
                    columns.stream().map(Column::name).collect(joining(", ")),
                    columns.stream()
                        .map(column -> value(table, column, lead))
                        .collect(joining(", "))))
        .update();
  }

  private static String value(String table, Column column, UUID lead) {
    String word = WORDS.get(table + "." + column.name());
    return switch (column.type()) {
      case "uuid" -> {
        if (!LEADS.contains(column.name())) {
          throw new AssertionError("what is %s.%s?".formatted(table, column.name()));
        }
        yield "'" + lead + "'";
      }
      case "text" ->
          "'" + (word != null ? word : column.name().equals("email") ? EMAIL : WORD) + "'";
      case "jsonb" -> "'{\"name\": \"%s\"}'".formatted(WORD);
      case "bytea" ->
          "convert_to('{\"leadId\": \"%s\", \"name\": \"%s\"}', 'UTF8')".formatted(lead, WORD);
      case "ARRAY" -> "'{}'";
      case "boolean" -> "true";
      case "interval" -> "'1 day'";
      case "timestamp with time zone" -> "now()";
      case "date" -> "current_date";
      default -> String.valueOf(INSTANCE);
    };
  }

  /** The tables in which these words stand anywhere. */
  List<String> tablesWith(String... words) {
    List<String> found = new ArrayList<>();
    for (String table : tables()) {
      // What is bytes is looked at as the text that it may be.
      boolean stands =
          jdbc.sql(
                  """
                  select exists (
                    select from %s t
                    where exists (
                      select from unnest(:words::text[]) word
                      where t::text ilike '%%' || word || '%%'
                        or t::text like '%%' || encode(convert_to(word, 'UTF8'), 'hex') || '%%'))
                  """
                      .formatted(table))
              .param("words", words)
              .query(Boolean.class)
              .single();
      if (stands) {
        found.add(table);
      }
    }
    return found;
  }

  List<String> tables() {
    return jdbc.sql(
            """
            select table_name from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
            """)
        .query(String.class)
        .list();
  }
}
