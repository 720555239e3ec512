package io.ripen.engine.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code rule_file}. */
final class RuleFilesJdbc implements RuleHistory {

  /** Any number that nobody else of ours uses. */
  private static final long LOCK = 0x726970656e2d7275L;

  private static final String VERSION = "name, version, deployed_at, deployed_by";

  private final JdbcClient jdbc;

  RuleFilesJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Lets one at a time deploy, until the end of its transaction. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)")
        .param("lock", LOCK)
        .query((row, number) -> true)
        .single();
  }

  void add(RuleVersion version, String checksum, byte[] content) {
    jdbc.sql(
            """
            insert into rule_file (name, version, checksum, content, deployed_at, deployed_by)
            values (:name, :version, :checksum, :content, :at, :by)
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("checksum", checksum)
        .param("content", content)
        .param("at", utc(version.deployedAt()))
        .param("by", version.deployedBy())
        .update();
  }

  /** The newest version of a file where it has this content. */
  Optional<RuleVersion> newestIfSame(String name, String checksum) {
    return jdbc.sql(
            "select "
                + VERSION
                + """
                 from (select * from rule_file where name = :name order by version desc limit 1) newest
                where checksum = :checksum
                """)
        .param("name", name)
        .param("checksum", checksum)
        .query((row, number) -> version(row))
        .optional();
  }

  /** The number of the newest version of each of these files that has any. */
  Map<String, Integer> numbers(Collection<String> names) {
    Map<String, Integer> numbers = new TreeMap<>();
    jdbc.sql("select name, max(version) from rule_file where name = any(:names) group by name")
        .param("names", names.toArray(String[]::new))
        .query(
            row -> {
              numbers.put(row.getString(1), row.getInt(2));
            });
    return numbers;
  }

  Optional<byte[]> content(String name, int version) {
    return jdbc.sql("select content from rule_file where name = :name and version = :version")
        .param("name", name)
        .param("version", version)
        .query(byte[].class)
        .optional();
  }

  @Override
  public List<RuleVersion> newest() {
    return jdbc.sql(
            "select distinct on (name) " + VERSION + " from rule_file order by name, version desc")
        .query((row, number) -> version(row))
        .list();
  }

  @Override
  public List<RuleVersion> versions(String name) {
    return jdbc.sql(
            "select " + VERSION + " from rule_file where name = :name order by version desc")
        .param("name", name)
        .query((row, number) -> version(row))
        .list();
  }

  private static RuleVersion version(ResultSet row) throws SQLException {
    return new RuleVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
        row.getString("deployed_by"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
