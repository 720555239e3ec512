package io.ripen.engine.monitoring;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the table ended_step, by which the ledger learns of touches that no job asks for any more.
 * What is in it was told by Zeebe: that we do not see a step says nothing.
 */
final class EndedStepsJdbc {

  private static final Set<String> SEND = Set.of("SERVICE_TASK", "SEND_TASK");

  private final JdbcTemplate jdbc;

  EndedStepsJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes those of these elements, which have ended, whose touches are open, as hardly any is. Of
   * one that was cut short a worker may have the job and begin its touch only now. Which touch the
   * key was of then, {@code EndedTouches} goes by when it ended.
   */
  void note(Collection<ExportedRecord> ended) {
    List<ExportedRecord> steps =
        ended.stream().filter(each -> SEND.contains(String.valueOf(each.elementType()))).toList();
    if (steps.isEmpty()) {
      return;
    }
    Boolean[] cut =
        steps.stream()
            .map(each -> each.intent().equals("ELEMENT_TERMINATED"))
            .toArray(Boolean[]::new);
    jdbc.update(
        """
        insert into ended_step (key, partition, ended_at)
        select distinct on (ended.key) ended.key, ended.partition, to_timestamp(ended.at / 1000.0)
        from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::boolean[])
          ended (key, partition, at, cut)
        left join touch on touch.key = ended.key
        where touch.state in ('planned', 'claimed', 'handing-over')
          or touch.key is null and ended.cut
        order by ended.key, ended.at desc
        on conflict (key) do update set ended_at = excluded.ended_at
          where excluded.ended_at > ended_step.ended_at
        """,
        steps.stream().mapToLong(ExportedRecord::key).toArray(),
        steps.stream().mapToInt(ExportedRecord::partition).toArray(),
        steps.stream().mapToLong(ExportedRecord::timestamp).toArray(),
        cut);
  }

  /** A broker that begins without its data hands out its keys again. */
  void clear(int partition) {
    jdbc.update("delete from ended_step where partition = ?", partition);
  }
}
