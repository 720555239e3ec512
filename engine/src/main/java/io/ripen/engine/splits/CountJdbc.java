package io.ripen.engine.splits;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts people, not leads: who turned out to be one person counts once, by what they got first.
 * Leaving those out who got both would favour a variant, as people are recognized by what they do.
 */
final class CountJdbc {

  private static final String PERSON =
      """
      with person as materialized (
        select distinct on (who) coalesce(l.merged_into, l.id) as who, s.variant, s.given_at,
          s.by_chance
        from split_lead s join lead l on l.id = s.lead_id
        where s.test_id = :test
        order by who, s.given_at, s.lead_id)
      """;

  private static final String COUNT =
      PERSON
          + """
          , family as (
            select who, given_at, who as id from person where by_chance and given_at <= :until
            union all
            select p.who, p.given_at, m.id from person p join lead m on m.merged_into = p.who
            where p.by_chance and p.given_at <= :until),
          reached as (
            select distinct f.who from family f join %1$s
              and g.%2$s >= f.given_at and g.%2$s < f.given_at + make_interval(secs => :within))
          select p.variant,
            count(*) filter (where p.by_chance and p.given_at <= :until) as leads,
            count(*) filter (where p.by_chance and p.given_at > :until) as under_way,
            count(*) filter (where not p.by_chance) as by_rule,
            count(r.who) as reached
          from person p left join reached r on r.who = p.who
          group by p.variant
          """;

  private static final String FULL_AT =
      PERSON
          + """
          , numbered as (
            select variant, given_at,
              row_number() over (partition by variant order by given_at, who) as number
            from person where by_chance and given_at <= :until)
          select max(given_at) as at from numbered where number = :leads
          having count(*) = :variants
          """;

  private final JdbcClient jdbc;

  CountJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A variant by now.
   *
   * @param leads whose time for the goal is over, and who came by chance
   * @param underWay whose time is not over yet
   * @param byRule who got it as the winner
   */
  record Count(long leads, long reached, long underWay, long byRule) {
    static final Count NONE = new Count(0, 0, 0, 0);
  }

  /**
   * By variant.
   *
   * @param until who came later is under way
   */
  Map<String, Count> counts(KeptExperiment test, Instant until) {
    Goal goal = test.experiment().goal();
    return jdbc
        .sql(sql(goal.kind()))
        .param("test", test.id())
        .param("flow", test.flow())
        .param("event", goal.event())
        .param("within", goal.within().toSeconds())
        .param("until", until.atOffset(ZoneOffset.UTC))
        .query(
            (row, n) ->
                Map.entry(
                    row.getString("variant"),
                    new Count(
                        row.getLong("leads"),
                        row.getLong("reached"),
                        row.getLong("under_way"),
                        row.getLong("by_rule"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * When the last of the variants got so many leads; empty as long as one has fewer.
   *
   * @param until who came later does not count
   */
  Optional<Instant> fullAt(KeptExperiment test, int leads, Instant until) {
    return jdbc.sql(FULL_AT)
        .param("test", test.id())
        .param("until", until.atOffset(ZoneOffset.UTC))
        .param("leads", leads)
        .param("variants", test.experiment().split().used().size())
        .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .optional();
  }

  private static String sql(Goal.Kind kind) {
    String messages =
        "touch g on g.lead_id = f.id and g.flow = :flow and g.planned_at >= f.given_at";
    return switch (kind) {
      case ORDERED ->
          sql("customer_order g on g.lead_id = f.id and g.state = 'placed'", "placed_at");
      case CLICKED -> sql(messages, "clicked_at");
      case REPLIED -> sql(messages, "replied_at");
      case EVENT -> sql("event g on g.lead_id = f.id and g.name = :event", "occurred_at");
    };
  }

  private static String sql(String goal, String at) {
    return COUNT.formatted(goal, at);
  }
}
