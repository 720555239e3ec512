package io.ripen.engine.console;

import io.ripen.engine.console.SalesFilter.Show;
import io.ripen.engine.onsite.ChatAddress;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Reads the tasks of the inbox, about a second behind Zeebe. */
@Component
@Profile("engine")
final class SalesJdbc {

  private static final String SELECT =
      """
      select t.key, t.instance_key, t.process_key, t.process_id, t.element_id, t.assignee,
        t.candidate_users, t.candidate_groups, t.created_at, t.changed_at, t.due_at, t.state,
        l.id as lead, l.stage, l.first_name, l.last_name, l.email, l.score, l.score_at,
        l.last_seen_at, coalesce(%s, false) as says_address,
        (select n.text from sales_note n
          where n.lead_id in (select l.id union all select id from lead where merged_into = l.id)
            and (n.instance_key = t.instance_key
            -- What another flow said when it handed the lead over.
            or n.noted_at > (select h.chosen_at - interval '1 day' from handoff h
                where h.instance_key = t.instance_key)
              and not exists (select from handoff h where h.instance_key = n.instance_key))
          order by n.noted_at desc, n.element_key desc limit 1) as note
      from user_task t
      left join lead told on told.id = t.lead_id
      left join lead l on l.id = coalesce(told.merged_into, told.id)
      """
          .formatted(ChatAddress.IS_UNPROVEN);

  private static final int LOOKED_THROUGH = 50;
  private static final int MOST_WORDS = 10;

  /** The drawings that these tasks are in. */
  private static final String DIAGRAMS =
      "select process_key, xml from flow_version where process_key in (select process_key from"
          + " user_task where ";

  private static final Map<Show, String> CONDITIONS =
      Map.of(
          Show.MINE,
          "(t.assignee = :me or (t.assignee is null and :me = any (t.candidate_users)))",
          Show.TEAM,
          ":team = any (t.candidate_groups)",
          Show.ALL,
          "true",
          Show.LATE,
          "t.due_at <= :now");

  private final JdbcClient jdbc;
  private final LeadsJdbc leads;
  private final Clock clock;

  SalesJdbc(JdbcClient jdbc, LeadsJdbc leads, Clock clock) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.clock = clock;
  }

  /** The open tasks that are asked for, those due first first. */
  List<SalesTask> open(SalesFilter filter, int most) {
    String where =
        " where t.state = 'open' and "
            + CONDITIONS.get(filter.show())
            + (filter.search().isEmpty()
                ? ""
                : " and (l.email ilike :pattern or l.first_name || ' ' || l.last_name ilike"
                    + " :pattern or l.first_name ilike :pattern or l.last_name ilike :pattern)");
    Map<Long, Diagram> diagrams = diagrams(jdbc.sql(DIAGRAMS + "state = 'open')"));
    return asked(jdbc.sql(SELECT + where + " order by t.due_at, t.key limit :most"), filter)
        .param("pattern", "%" + LeadsJdbc.escaped(filter.search()) + "%")
        .param("most", most)
        .query((row, number) -> task(row, diagrams))
        .list();
  }

  /** How many open tasks each list has. */
  Map<Show, Long> counts(SalesFilter filter) {
    Map<Show, Long> counts = new EnumMap<>(Show.class);
    CONDITIONS.forEach(
        (show, condition) ->
            counts.put(
                show,
                asked(
                        jdbc.sql(
                            "select count(*) from user_task t where t.state = 'open' and "
                                + condition),
                        filter)
                    .query(Long.class)
                    .single()));
    return counts;
  }

  Optional<SalesTask> find(long key) {
    Map<Long, Diagram> diagrams = diagrams(jdbc.sql(DIAGRAMS + "key = :key)").param("key", key));
    return jdbc.sql(SELECT + " where t.key = :key")
        .param("key", key)
        .query((row, number) -> task(row, diagrams))
        .optional();
  }

  /** The open task that the same run of the flow has now, if any. */
  Optional<Long> openOf(long instanceKey) {
    return jdbc.sql(
            """
            select key from user_task where instance_key = :instance and state = 'open'
            order by created_at desc, key desc limit 1
            """)
        .param("instance", instanceKey)
        .query(Long.class)
        .optional();
  }

  /**
   * Other open tasks of the same step about the same lead, which nobody has: the newest, and no
   * more than those whose words the task's page shows.
   */
  List<Long> alike(SalesTask task) {
    return task.lead() == null
        ? List.of()
        : jdbc.sql(
                """
                select other.key from user_task this
                join user_task other on other.lead_id = any (:leads)
                  and other.process_id = this.process_id and other.element_id = this.element_id
                where this.key = :key and other.key <> this.key
                  and other.state = 'open' and other.assignee is null
                order by other.created_at desc, other.key desc limit :most
                """)
            .param("leads", leads.same(task.lead().id()))
            .param("key", task.key())
            .param("most", MOST_WORDS - 1)
            .query(Long.class)
            .list();
  }

  /** The latest answer to each question that the lead was asked, by whomever. */
  List<SalesAnswer> answers(UUID leadId) {
    return jdbc.sql(
            """
            select distinct on (question) question, answer, occurred_at from (
              select properties ->> 'question' as question, properties ->> 'answer' as answer,
                occurred_at
              from event
              where name = 'Question Answered'
                and (lead_id = :lead or lead_id in (select id from lead where merged_into = :lead))
            ) given
            where question is not null and answer is not null
            order by question, occurred_at desc
            """)
        .param("lead", leadId)
        .query(
            (row, number) ->
                new SalesAnswer(
                    row.getString("question"),
                    row.getString("answer"),
                    LeadsJdbc.instant(row, "occurred_at")))
        .list();
  }

  /** What the lead wrote by forms and to us, the latest first; a chat has a page of its own. */
  List<SalesWords> written(UUID leadId) {
    return jdbc
        .sql(
            """
            select e.occurred_at, jsonb_build_object('type', e.type, 'name', e.name,
              'properties', e.properties, 'message', t.message, 'flow', t.flow) as data
            from event e
            left join touch t on t.lead_id = any (:leads)
              and t.key = case when e.properties ->> 'touch' ~ '^[0-9]{1,18}$'
                then (e.properties ->> 'touch')::bigint end
            where e.lead_id = any (:leads)
              and (e.name in (:forms, :replies)
                or e.name = :received and e.properties ->> 'channel' <> 'chat')
            order by e.occurred_at desc, e.message_id limit :looked
            """)
        .param("forms", EventWords.FORM_SUBMITTED)
        .param("replies", EventWords.MESSAGE_REPLIED)
        .param("received", EventWords.MESSAGE_RECEIVED)
        .param("leads", leads.same(leadId))
        .param("looked", LOOKED_THROUGH)
        .query(
            (row, number) ->
                SalesWords.of(
                    Json.parse(row.getString("data")), LeadsJdbc.instant(row, "occurred_at")))
        .list()
        .stream()
        // Not all forms ask for words.
        .filter(words -> !words.text().isEmpty())
        .limit(MOST_WORDS)
        .toList();
  }

  private StatementSpec asked(StatementSpec statement, SalesFilter filter) {
    return statement
        .param("me", filter.me(), java.sql.Types.VARCHAR)
        .param("team", filter.team(), java.sql.Types.VARCHAR)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** Read before the tasks: who reads a row must not wait for another connection. */
  private static Map<Long, Diagram> diagrams(StatementSpec statement) {
    Map<Long, Diagram> diagrams = new HashMap<>();
    statement.query(
        row -> {
          diagrams.put(row.getLong("process_key"), Diagram.of(row.getString("xml")));
        });
    return diagrams;
  }

  private SalesTask task(ResultSet row, Map<Long, Diagram> diagrams) throws SQLException {
    Diagram diagram = diagrams.getOrDefault(row.getLong("process_key"), Diagram.of(""));
    String element = row.getString("element_id");
    Instant createdAt = LeadsJdbc.instant(row, "created_at");
    OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
    Instant dueAt = due == null ? null : due.toInstant();
    String note = row.getString("note");
    List<String> offered = texts(row.getArray("candidate_users"));
    TaskKind kind = TaskKind.of(diagram.forms().get(element));
    return new SalesTask(
        row.getLong("key"),
        row.getLong("instance_key"),
        row.getString("process_id"),
        diagram.steps().getOrDefault(element, Words.human(Words.step(element))),
        kind,
        lead(row),
        row.getString("assignee"),
        offered.isEmpty() ? null : offered.getFirst(),
        texts(row.getArray("candidate_groups")),
        createdAt,
        LeadsJdbc.instant(row, "changed_at"),
        dueAt,
        note == null ? "" : note,
        row.getString("state").equals("open"),
        row.getString("state").equals("canceled"),
        kind == TaskKind.OUTCOME && diagram.takesBack(),
        SlaClock.of(createdAt, dueAt, clock.instant()));
  }

  private SalesTask.@Nullable Lead lead(ResultSet row) throws SQLException {
    UUID id = row.getObject("lead", UUID.class);
    if (id == null) {
      return null;
    }
    var now = leads.now(row);
    String email = row.getString("email");
    boolean saysAddress = row.getBoolean("says_address");
    return new SalesTask.Lead(
        id,
        LeadName.of(
            row.getString("first_name"),
            row.getString("last_name"),
            saysAddress ? null : email,
            id),
        saysAddress ? email : null,
        row.getString("stage"),
        now.score(),
        now.temperature().lower());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
