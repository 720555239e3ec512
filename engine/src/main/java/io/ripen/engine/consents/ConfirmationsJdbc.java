package io.ripen.engine.consents;

import io.ripen.engine.links.TouchRef;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was asked to be confirmed, by the tables {@code touch} and {@code consent}. */
@Component
final class ConfirmationsJdbc implements Confirmations {

  private final JdbcClient jdbc;
  private final ConsentsJdbc consents;

  ConfirmationsJdbc(JdbcClient jdbc, ConsentsJdbc consents) {
    this.jdbc = jdbc;
    this.consents = consents;
  }

  @Override
  public String eventId(TouchRef touch, String purpose) {
    String id = "confirmed-%d-%s".formatted(touch.touch(), touch.leadId());
    return consents
        .newest(touch.leadId(), touch.channel(), purpose)
        .filter(newest -> !newest.granted())
        .map(no -> id + "-" + no.at().toEpochMilli())
        .orElse(id);
  }

  /**
   * Whether the lead still has the address that this touch went to; yes where nobody knows where it
   * went.
   */
  boolean isStillTheirs(TouchRef touch) {
    return jdbc.sql(
            ConsentsJdbc.FAMILY
                + """
                select coalesce(bool_or(sent_to = md5(lower(
                  case touch.channel when 'email' then email when 'sms' then phone end))), true)
                from touch, lead
                where touch.key = :touch
                  and lead.id in (select id from root where merged_into is null)
                """)
        .param("lead", touch.leadId())
        .param("touch", touch.touch())
        .query(Boolean.class)
        .single();
  }
}
