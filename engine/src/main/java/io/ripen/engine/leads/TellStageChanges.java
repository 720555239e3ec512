package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.events.EventTopics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts changes of stages on their topic, those of one lead in order: the next one is sent when
 * Kafka has taken the last, so none overtakes another. What Kafka has taken is noted after its
 * answer; whoever dies in between tells it again, by the same id.
 */
final class TellStageChanges {

  private static final int AT_ONCE = 200;

  private final JdbcClient jdbc;
  private final KafkaOperations<byte[], byte[]> kafka;
  private final Clock clock;

  private record Change(long id, String leadId, ObjectNode json) {}

  TellStageChanges(JdbcClient jdbc, KafkaOperations<byte[], byte[]> kafka, Clock clock) {
    this.jdbc = jdbc;
    this.kafka = kafka;
    this.clock = clock;
  }

  boolean isCalledFor() {
    return !untold(1).isEmpty();
  }

  /**
   * Tells the oldest ones. To be called by one server at a time, for the order's sake.
   *
   * @return whether there may be more
   * @throws KafkaException when Kafka does not take them all; those that it took are noted
   */
  boolean round() throws InterruptedException {
    List<Change> changes = untold(AT_ONCE);
    Map<String, Change> firsts = new LinkedHashMap<>();
    changes.forEach(change -> firsts.putIfAbsent(change.leadId(), change));
    Map<Long, CompletableFuture<?>> answers = new LinkedHashMap<>();
    List<Long> told = new ArrayList<>();
    try {
      firsts.values().forEach(change -> answers.put(change.id(), send(change)));
      Throwable refusal = null;
      for (Map.Entry<Long, CompletableFuture<?>> answer : answers.entrySet()) {
        try {
          answer.getValue().get();
          told.add(answer.getKey());
        } catch (ExecutionException e) {
          refusal = e.getCause();
        }
      }
      if (refusal != null) {
        throw new KafkaException("changes of stages could not be told", refusal);
      }
    } finally {
      told(told);
    }
    return changes.size() == AT_ONCE || firsts.size() < changes.size();
  }

  private CompletableFuture<?> send(Change change) {
    return kafka.send(
        EventTopics.LEAD_CHANGES,
        change.leadId().getBytes(UTF_8),
        JsonMapper.shared().writeValueAsBytes(change.json()));
  }

  private List<Change> untold(int most) {
    return jdbc.sql(
            """
            select id, lead_id::text, from_stage, to_stage, changed_at, reason, cause, flow,
              element_id, instance_key, person, rule
            from stage_change where told_at is null order by id limit :most
            """)
        .param("most", most)
        .query((row, n) -> change(row))
        .list();
  }

  private void told(List<Long> ids) {
    if (!ids.isEmpty()) {
      jdbc.sql("update stage_change set told_at = :at where id = any(:ids)")
          .param("at", Rows.utc(clock.instant()))
          .param("ids", ids.toArray(Long[]::new))
          .update();
    }
  }

  private static Change change(ResultSet row) throws SQLException {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("id", row.getLong(1))
        .put("leadId", row.getString(2))
        .put("from", row.getString(3))
        .put("to", row.getString(4))
        .put("at", Rows.instant(row, 5).toString())
        .put("reason", row.getString(6))
        .put("cause", row.getString(7))
        .set("by", by(row).json());
    return new Change(row.getLong(1), row.getString(2), json);
  }

  private static DecidedBy by(ResultSet row) throws SQLException {
    return new DecidedBy(
        row.getString("flow"),
        row.getString("element_id"),
        row.getObject("instance_key", Long.class),
        row.getString("person"),
        row.getString("rule"));
  }
}
