package io.ripen.engine.sales;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The people who take leads, as they themselves said: the table {@code salesperson}. Their names
 * are those of the assignees in Zeebe, so they should be what people are called in Tasklist.
 */
public final class Salespeople {

  private final JdbcClient jdbc;
  private final Clock clock;

  Salespeople(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Somebody.
   *
   * @param takesLeads whether new leads may be offered to them first
   * @param email where they are told of what their team forgets, if they want to be
   */
  public record Salesperson(String name, String team, boolean takesLeads, @Nullable String email) {}

  /** Notes who somebody says they are, or what has changed with them. */
  public void introduce(Salesperson person) {
    jdbc.sql(
            """
            insert into salesperson (name, team, takes_leads, email, since)
            values (:name, :team, :takes, :email, :now)
            on conflict (lower(name)) do update set team = excluded.team,
              takes_leads = excluded.takes_leads, email = excluded.email
            """)
        .param("name", person.name())
        .param("team", person.team())
        .param("takes", person.takesLeads())
        .param("email", person.email())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The person of this name, however its letters are written; it goes by the first way. */
  public Optional<Salesperson> find(String name) {
    return jdbc.sql(
            """
            select name, team, takes_leads, email from salesperson
            where lower(name) = lower(:name)
            """)
        .param("name", name)
        .query(
            (row, number) ->
                new Salesperson(
                    row.getString("name"),
                    row.getString("team"),
                    row.getBoolean("takes_leads"),
                    row.getString("email")))
        .optional();
  }

  /** Teams that somebody is in, or that got a lead. */
  public List<String> teams() {
    return jdbc.sql(
            """
            select team from salesperson
            union select team from handoff union select team_leads from handoff order by 1
            """)
        .query(String.class)
        .list();
  }
}
