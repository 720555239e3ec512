package io.ripen.engine.privacy;

import io.ripen.engine.privacy.Holding.Fate;
import io.ripen.engine.said.Said;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Reads, counts and deletes what {@link Holdings} lists. */
final class HoldingsJdbc {

  private static final int ROWS_AT_ONCE = 500;

  private final NamedParameterJdbcTemplate jdbc;
  private final KeyedHash hash;

  HoldingsJdbc(DataSource database, KeyedHash hash) {
    var template = new JdbcTemplate(database);
    template.setFetchSize(ROWS_AT_ONCE);
    this.jdbc = new NamedParameterJdbcTemplate(template);
    this.hash = hash;
  }

  /** Hands over each row as JSON, a few at a time, in the caller's transaction. */
  void read(Holding holding, Person person, Consumer<String> each) {
    jdbc.query(
        "select (%s)::text from %s t where %s order by 1"
            .formatted(holding.content(), holding.table(), holding.condition()),
        parameters(person),
        row -> {
          each.accept(row.getString(1));
        });
  }

  /** How many rows there are of each, without those that are none. */
  Map<String, Long> count(Person person) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Holding holding : Holdings.ALL) {
      Long rows =
          jdbc.queryForObject(
              "select count(*) from %s t where %s".formatted(holding.table(), holding.condition()),
              parameters(person),
              Long.class);
      put(counts, holding, rows == null ? 0 : rows);
    }
    return counts;
  }

  /** In the caller's transaction: events are not applied meanwhile, so it is tried again rather. */
  void waitForLocksBriefly() {
    jdbc.getJdbcTemplate().execute("set local lock_timeout = '3s'");
  }

  /**
   * Keeps what the person refused last for each address, by its hash, in the caller's transaction:
   * whoever brings them back by an old list does not undo it.
   */
  void keepRefusals(Person person) {
    var refusals =
        jdbc.queryForList(
            """
            select contact, channel, purpose, changed_at from (
              select distinct on (contact, channel, purpose) contact, channel, purpose, granted,
                changed_at
              from consent c, unnest(:addresses::text[]) contact
              where lead_id = any(:leads::uuid[]) and %s
              order by contact, channel, purpose, %s) newest
            where not granted
            """
                .formatted(Said.isFor("md5(lower(contact))"), Said.NEWEST),
            parameters(person));
    for (Map<String, Object> refusal : refusals) {
      String channel = String.valueOf(refusal.get("channel"));
      String contact = String.valueOf(refusal.get("contact"));
      if (Contact.isFor(channel, contact)) {
        jdbc.update(
            """
            insert into suppression (channel, address, purpose, reason, since)
            values (:channel, :hash, :purpose, 'unsubscribed', :changed_at)
            on conflict (channel, address, purpose, reason) do update set
              since = greatest(suppression.since, excluded.since)
            """,
            new MapSqlParameterSource(refusal).addValue("hash", hash.ofAddress(channel, contact)));
      }
    }
  }

  /** Locks the leads, so that whoever is at work on them ends first. */
  void lock(Person person) {
    jdbc.queryForList(
        "select id from lead where id = any(:leads::uuid[]) order by id for update",
        parameters(person));
  }

  /** Deletes all, in the caller's transaction; returns how many rows of each. */
  Map<String, Long> erase(Person person) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Holding holding : Holdings.ALL) {
      long rows =
          switch (holding.fate()) {
            case DELETED -> delete(holding, parameters(person));
            case HASHED -> hash(holding, person);
            case LEFT -> 0;
          };
      put(counts, holding, rows);
    }
    return counts;
  }

  /** What of erased leads was written when they were being erased already. */
  int eraseLate() {
    int rows = 0;
    for (Holding holding : Holdings.ALL) {
      if (holding.isByLead() && holding.fate() == Fate.DELETED) {
        rows +=
            jdbc.update(
                """
                delete from %s t using erased_lead e
                where t.lead_id = e.lead_id and e.erased_at > now() - interval '30 days'
                """
                    .formatted(holding.table()),
                Map.of());
      }
    }
    return rows;
  }

  /** Drops what would start something in Zeebe. */
  void dropSignals(Person person) {
    jdbc.update(
        "delete from signal where state = 'pending' and lead_id = any(:leads::uuid[])",
        parameters(person));
  }

  /** Events that were applied are known again by their hashes. */
  List<byte[]> eventHashes(Person person) {
    return jdbc
        .queryForList(
            "select message_id from event where lead_id = any(:leads::uuid[])",
            parameters(person),
            String.class)
        .stream()
        .map(id -> hash.of("event", id))
        .toList();
  }

  private long delete(Holding holding, MapSqlParameterSource parameters) {
    return jdbc.update(
        "delete from %s t where %s".formatted(holding.table(), holding.condition()), parameters);
  }

  /** Nobody is to write to these addresses, whoever comes back. */
  private long hash(Holding holding, Person person) {
    var rows =
        jdbc.queryForList(
            "select channel, address from suppression t where " + holding.condition(),
            parameters(person));
    for (Map<String, Object> row : rows) {
      jdbc.update(
          """
          with plain as (
            delete from suppression where channel = :channel and address = :address
            returning purpose, reason, since)
          insert into suppression (channel, address, purpose, reason, since)
          select :channel, :hash, purpose, reason, since from plain
          on conflict (channel, address, purpose, reason) do update set
            since = greatest(suppression.since, excluded.since)
          """,
          new MapSqlParameterSource(row)
              .addValue(
                  "hash",
                  hash.ofAddress(
                      String.valueOf(row.get("channel")), String.valueOf(row.get("address")))));
    }
    return rows.size();
  }

  private static void put(Map<String, Long> counts, Holding holding, long rows) {
    if (rows > 0) {
      counts.put(holding.section(), rows);
    }
  }

  private static MapSqlParameterSource parameters(Person person) {
    return new MapSqlParameterSource(person.parameters());
  }
}
