package io.ripen.engine.push;

import io.ripen.channels.webpush.Subscription;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code push_subscription}. */
@Component
final class PushJdbc {

  /** A browser has one for each address of a site; who has more is no browser. */
  private static final int MOST_OF_ONE = 5;

  private final JdbcClient jdbc;

  PushJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * Keeps that a browser takes notifications, once, however often it is told; the latest word of
   * whose it is counts.
   *
   * @param browser the browser's own id
   * @param serverKey our public key that it was given for
   */
  void keep(Subscription given, String browser, String serverKey, String site, Instant now) {
    jdbc.sql(
            """
            insert into push_subscription
              (endpoint, browser, p256dh, auth, server_key, site, subscribed_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (endpoint) do update set browser = excluded.browser,
              p256dh = excluded.p256dh, auth = excluded.auth, server_key = excluded.server_key,
              site = excluded.site, subscribed_at = excluded.subscribed_at
            """)
        .params(
            given.endpoint().toString(),
            browser,
            given.p256dh(),
            given.auth(),
            serverKey,
            site,
            now.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            delete from push_subscription where endpoint in (
              select endpoint from push_subscription where browser = ?
              order by subscribed_at desc, endpoint offset ?)
            """)
        .params(browser, MOST_OF_ONE)
        .update();
  }

  /** The browsers of the lead, whoever they were before, that take what this key signs. */
  List<Subscription> ofLead(UUID leadId, String serverKey, int most) {
    return jdbc.sql(
            """
            select p.endpoint, p.p256dh, p.auth from lead asked
            join lead_identity i on i.kind = 'anonymous'
              and i.lead_id = coalesce(asked.merged_into, asked.id)
            join push_subscription p on p.browser = i.value
            where asked.id = ? and p.server_key = ?
            order by p.subscribed_at desc, p.endpoint
            limit ?
            """)
        .params(leadId, serverKey, most)
        .query(
            (row, n) ->
                new Subscription(
                    URI.create(row.getString("endpoint")),
                    row.getString("p256dh"),
                    row.getString("auth")))
        .list();
  }

  /** Forgets one that takes nothing any more. */
  void drop(Subscription gone) {
    jdbc.sql("delete from push_subscription where endpoint = ?")
        .param(gone.endpoint().toString())
        .update();
  }

  /**
   * Forgets one of this browser.
   *
   * @return whether it was there
   */
  boolean drop(String endpoint, String browser) {
    return jdbc.sql("delete from push_subscription where endpoint = ? and browser = ?")
            .params(endpoint, browser)
            .update()
        > 0;
  }

  /** Whether the lead who uses this browser takes notifications in any. */
  boolean hasMore(String browser) {
    return jdbc.sql(
            """
            select exists (
              select 1 from push_subscription p where p.browser = :browser
              union all
              select 1 from lead_identity mine
              join lead_identity other on other.kind = 'anonymous' and other.lead_id = mine.lead_id
              join push_subscription p on p.browser = other.value
              where mine.kind = 'anonymous' and mine.value = :browser)
            """)
        .param("browser", browser)
        .query(Boolean.class)
        .single();
  }
}
