package io.ripen.engine.leads;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code lead_identity}. */
final class IdentityJdbc {

  /** A row as it is. */
  record Row(Identity identity, UUID leadId, Instant since) {}

  private static final String OWNERS =
      """
      select kind, value, lead_id, since from lead_identity
      where kind = 'anonymous' and value = any(:anonymous)
      union all
      select kind, value, lead_id, since from lead_identity
      where kind = 'user' and value = any(:users)
      """;

  private static final String INSERT =
      """
      insert into lead_identity (kind, value, lead_id, since)
      select * from unnest(:kinds::text[], :values::text[], :leads::uuid[], :since::timestamptz[])
      on conflict (kind, value) do nothing
      """;

  private static final String MOVE =
      """
      update lead_identity i set lead_id = m.lead_id, since = m.since
      from unnest(:kinds::text[], :values::text[], :leads::uuid[], :since::timestamptz[])
        as m (kind, value, lead_id, since)
      where i.kind = m.kind and i.value = m.value
      """;

  private final JdbcClient jdbc;

  IdentityJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Row> owners(Collection<Identity> identities) {
    return jdbc.sql(OWNERS)
        .param("anonymous", values(identities, Identity.ANONYMOUS))
        .param("users", values(identities, Identity.USER))
        .query(
            (row, n) ->
                new Row(
                    new Identity(row.getString(1), row.getString(2)),
                    Rows.uuid(row, 3),
                    Rows.instant(row, 4)))
        .list();
  }

  /** Those of the leads that a site knows by a user id. */
  Set<UUID> users(Set<UUID> leads) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct lead_id from lead_identity
                where kind = 'user' and lead_id = any(:ids::uuid[])
                """)
            .param("ids", Rows.column(leads, id -> id))
            .query(UUID.class)
            .list());
  }

  /** Another batch may have met the same new visitor; then this one has to read again. */
  void write(Collection<Owner> owners) {
    List<Owner> added = owners.stream().filter(owner -> owner.isNew).toList();
    if (!added.isEmpty() && statement(INSERT, added).update() < added.size()) {
      throw Rows.changedMeanwhile("an identity");
    }
    List<Owner> moved = owners.stream().filter(owner -> owner.isMoved).toList();
    if (!moved.isEmpty()) {
      statement(MOVE, moved).update();
    }
  }

  private JdbcClient.StatementSpec statement(String sql, List<Owner> owners) {
    return jdbc.sql(sql)
        .param("kinds", Rows.column(owners, owner -> owner.identity.kind()))
        .param("values", Rows.column(owners, owner -> owner.identity.value()))
        .param("leads", Rows.column(owners, owner -> owner.lead().id))
        .param("since", Rows.column(owners, owner -> owner.since));
  }

  private static String[] values(Collection<Identity> identities, String kind) {
    return identities.stream()
        .filter(identity -> identity.kind().equals(kind))
        .map(Identity::value)
        .toArray(String[]::new);
  }
}
