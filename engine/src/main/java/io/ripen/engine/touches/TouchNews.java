package io.ripen.engine.touches;

import io.ripen.engine.events.Event;
import io.ripen.engine.leads.MessageNews;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Keeps what became of touches after they were sent: the first time of each. What nobody could know
 * whether it was sent was, when somebody has heard of it.
 */
@Component
final class TouchNews implements MessageNews {

  private static final String UPDATE =
      """
      update touch set
        delivered_at = coalesce(delivered_at, case when n.what <> 'bounced' then n.at end),
        opened_at = coalesce(opened_at, case when n.what = 'opened' then n.at end),
        clicked_at = coalesce(clicked_at, case when n.what = 'clicked' then n.at end),
        replied_at = coalesce(replied_at, case when n.what = 'replied' then n.at end),
        undelivered_at = coalesce(undelivered_at, case when n.what = 'bounced' then n.at end),
        undelivered_reason = coalesce(undelivered_reason, case when n.what = 'bounced' then n.why end),
        code = case when state <> 'uncertain' then code end,
        reason = case when state <> 'uncertain' then reason end,
        state = case when state = 'uncertain' then 'accepted' else state end
      from (values (?, ?, ?::timestamptz, ?, ?::uuid)) as n (key, what, at, why, lead)
      where touch.key = n.key and touch.lead_id = n.lead
      """;

  private static final Map<String, String> WHAT =
      Map.of(
          "Message Delivered", "delivered",
          "Message Opened", "opened",
          "Message Clicked", "clicked",
          "Message Replied", "replied",
          "Message Bounced", "bounced");

  private final JdbcTemplate jdbc;

  private final TouchMetrics metrics;

  TouchNews(JdbcTemplate jdbc, TouchMetrics metrics) {
    this.jdbc = jdbc;
    this.metrics = metrics;
  }

  @Override
  public void heard(List<Event> news) {
    // In the same order everywhere, so that two batches never wait for each other.
    List<News> sorted =
        news.stream()
            .flatMap(event -> News.of(event).stream())
            .sorted(Comparator.comparingLong(News::touch))
            .toList();
    jdbc.batchUpdate(
        UPDATE,
        sorted,
        500,
        (row, each) -> {
          row.setLong(1, each.touch());
          row.setString(2, each.what());
          row.setObject(3, each.event().occurredAt().atOffset(ZoneOffset.UTC));
          row.setString(4, text(each.event(), "reason"));
          row.setObject(5, each.lead());
        });
    sorted.forEach(each -> metrics.heard(text(each.event(), "channel"), each.what()));
  }

  private static String text(Event event, String name) {
    return event.properties().path(name).asString("");
  }

  private record News(long touch, UUID lead, String what, Event event) {

    static Optional<News> of(Event event) {
      String what = WHAT.get(event.name());
      JsonNode touch = event.properties().path("touch");
      if (what == null || event.leadId() == null || !touch.isString()) {
        return Optional.empty();
      }
      try {
        return Optional.of(new News(Long.parseLong(touch.asString()), event.leadId(), what, event));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
