package io.ripen.engine.privacy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds people, and all that they go by. */
final class PeopleJdbc {

  private static final String FAMILY =
      """
      with recursive root (id, merged_into) as (
        select id, merged_into from lead where id = any(:leads::uuid[])
        union
        select l.id, l.merged_into from lead l join root r on l.id = r.merged_into
      ), family (id) as (
        select id from root
        union
        select l.id from lead l join family f on l.merged_into = f.id
      )
      select f.id from family f join lead l on l.id = f.id
      order by l.merged_into is not null, f.id
      """;

  private static final String CONTACTS =
      """
      with told (traits, email, phone) as (
        select traits, email, phone from lead where id = any(:leads::uuid[])
        union all
        select side.value -> 'traits', side.value ->> 'email', side.value ->> 'phone'
        from lead_merge m,
          lateral (values (m.before -> 'survivor'), (m.before -> 'merged')) side (value)
        where m.survivor_id = any(:leads::uuid[]) or m.merged_id = any(:leads::uuid[])
        union all
        select properties, properties ->> 'email', properties ->> 'phone'
        from event where lead_id = any(:leads::uuid[]) and type = 'identify'
        union all
        select context -> 'traits', context -> 'traits' ->> 'email', context -> 'traits' ->> 'phone'
        from event where lead_id = any(:leads::uuid[]) and context -> 'traits' is not null
      )
      select distinct lower(trim(contact)) from told,
        lateral (values (email), (phone), ('telegram:' || (traits ->> 'telegram')),
          ('whatsapp:' || (traits ->> 'whatsapp')),
          ('messenger:' || (traits ->> 'messenger'))) c (contact)
      where trim(contact) ~ '^([^@[:space:]]+@[^@[:space:]]+|[+]?[0-9][0-9 ()./-]{5,}|(telegram|whatsapp|messenger):.+)$'
      """;

  /** A broker that lost its data hands its keys out again: what is another lead's is left out. */
  private static final String INSTANCES =
      """
      with known (key) as (
        select instance_key from flow_entry where lead_id = any(:leads::uuid[])
        union
        select process_instance_key from touch where lead_id = any(:leads::uuid[])
        union
        select instance_key from handoff where lead_id = any(:leads::uuid[])
        union
        select instance_key from sales_note where lead_id = any(:leads::uuid[])
        union
        select instance_key from user_task where lead_id = any(:leads::uuid[])
        union
        select instance_key from flow_start
        where lead_id = any(:leads::uuid[]) and instance_key is not null
      )
      select instance_key from flow_instance_lead where lead_id = any(:leads::uuid[])
      union
      select key from known
      where not exists (
          select from flow_instance_lead o
          where o.instance_key = key and o.lead_id <> all(:leads::uuid[]))
        and not exists (
          select from flow_entry o where o.instance_key = key and o.lead_id <> all(:leads::uuid[]))
      order by 1
      """;

  private final JdbcClient jdbc;

  PeopleJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The leads of today with this address or number. */
  List<UUID> with(String email, String phone) {
    return jdbc.sql(
            """
            select id from lead
            where merged_into is null
              and (lower(email) = nullif(:email, '') or phone = nullif(:phone, ''))
            order by id
            """)
        .param("email", email.strip().toLowerCase(Locale.ROOT))
        .param("phone", phone.strip())
        .query(UUID.class)
        .list();
  }

  /** The lead of today and all that were merged into it; empty where there is none. */
  List<UUID> family(Collection<UUID> leads) {
    return jdbc.sql(FAMILY).param("leads", texts(leads)).query(UUID.class).list();
  }

  /** All that they go by at this moment. */
  Person read(List<UUID> leads) {
    return new Person(
        leads, ids(leads, "user"), ids(leads, "anonymous"), contacts(leads), instances(leads));
  }

  private Set<String> ids(List<UUID> leads, String kind) {
    return new LinkedHashSet<>(
        jdbc.sql(
                """
                select value from lead_identity
                where lead_id = any(:leads::uuid[]) and kind = :kind order by value
                """)
            .param("leads", texts(leads))
            .param("kind", kind)
            .query(String.class)
            .list());
  }

  private Set<String> contacts(List<UUID> leads) {
    return new LinkedHashSet<>(
        jdbc.sql(CONTACTS).param("leads", texts(leads)).query(String.class).list());
  }

  private List<Long> instances(List<UUID> leads) {
    return jdbc.sql(INSTANCES).param("leads", texts(leads)).query(Long.class).list();
  }

  static String[] texts(Collection<UUID> leads) {
    return leads.stream().map(UUID::toString).toArray(String[]::new);
  }
}
