package io.ripen.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While an update goes from process to process, the version before still reads and writes. So a
 * migration only adds; what is to go goes a version later, when nobody asks for it any more.
 */
class MigrationRulesTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** The first is what there was at the beginning. */
  private static final String FIRST = "V1__ripen.sql";

  /** A line that says this with a version removes what no process has used since then. */
  private static final Pattern AFTERWARDS = Pattern.compile("-- unused since \\S+");

  private static final Map<Pattern, String> FORBIDDEN =
      Map.of(
          pattern("drop\\s+(table|column|view|function)"), "drops what the version before uses",
          pattern("\\brename\\b"), "renames what the version before uses",
          pattern("alter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"), "changes a type",
          pattern("alter\\s+(column\\s+)?\\w+\\s+set\\s+not\\s+null"),
              "forbids what the version before writes",
          pattern(
                  "\\badd\\s+(column\\s+)?(?!constraint|primary|unique|foreign|check)\\w+\\s"
                      + "(\\([^)]*\\)|(?!default)[^,;(])*not\\s+null(\\([^)]*\\)|(?!default)[^,;(])*[,;]"),
              "adds a column that the version before does not fill, without a default",
          pattern(
                  "add\\s+constraint(?:(?!not\\s+valid)[^;])*(check|foreign\\s+key)"
                      + "(?:(?!not\\s+valid)[^;])*;"),
              "adds a constraint without 'not valid': it locks the table while it reads all of it",
          pattern("create\\s+(unique\\s+)?index\\s+(?!concurrently)"),
              "makes an index without 'concurrently': nobody can write meanwhile");

  @Test
  void migrations_only_add() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.filter(each -> !each.endsWith(FIRST)).toList()) {
        assertThat(problems(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table lead drop column pages;",
        "drop table cart;",
        "alter table lead rename column stage to state;",
        "ALTER TABLE lead RENAME TO person;",
        "alter table lead alter column score type numeric;",
        "alter table lead alter score set data type numeric;",
        "alter table lead alter column email set not null;",
        "alter table lead add column city text not null;",
        "alter table lead add column price numeric(10, 2) not null;",
        "alter table lead add price text not null;",
        "alter table lead add constraint c check (score > 0);",
        "alter table touch add constraint f foreign key (lead_id) references lead;",
        "create unique index lead_city on lead (city);"
      })
  void what_would_break_the_version_before_is_found(String sql) {
    assertThat(problems(sql)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table lead add column city text;",
        "alter table lead add column visits_today integer not null default 0;",
        "alter table lead add price numeric(10, 2) default 0 not null;",
        "create table visit (id bigint not null, lead_id uuid not null);",
        "alter table lead add constraint c check (score > 0) not valid;",
        "create index concurrently lead_city on lead (city);",
        "alter table lead drop column pages; -- unused since 1.4"
      })
  void what_the_version_before_does_not_notice_is_allowed(String sql) {
    assertThat(problems(sql)).isEmpty();
  }

  private static List<String> problems(String sql) {
    List<String> lines = sql.lines().filter(line -> !AFTERWARDS.matcher(line).find()).toList();
    String text = String.join("\n", lines);
    return FORBIDDEN.entrySet().stream()
        .filter(rule -> rule.getKey().matcher(text).find())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
