package io.ripen.engine.consents;

import io.ripen.engine.links.TouchRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was asked to be confirmed, by the tables {@code touch}, {@code consent} and the like. */
@Component
final class ConfirmationsJdbc implements Confirmations {

  private final JdbcClient jdbc;
  private final ConsentsJdbc consents;
  private final SuppressionsJdbc suppressions;

  ConfirmationsJdbc(JdbcClient jdbc, ConsentsJdbc consents, SuppressionsJdbc suppressions) {
    this.jdbc = jdbc;
    this.consents = consents;
    this.suppressions = suppressions;
  }

  @Override
  public String eventId(TouchRef touch, String purpose) {
    String id = "confirmed-%d-%s".formatted(touch.touch(), touch.leadId());
    return lastNo(touch, purpose).map(no -> id + "-" + no.toEpochMilli()).orElse(id);
  }

  /**
   * A no may be the lead's, or that of somebody else with their address: a STOP closes the number
   * at once, and is kept as the word of one of those who have it.
   */
  private Optional<Instant> lastNo(TouchRef touch, String purpose) {
    return Stream.of(
            consents.lastNo(touch.leadId(), touch.channel(), purpose),
            closed(touch, purpose).map(Permission.Suppressed::since))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  /** What would become of a yes to what this touch asked. */
  Standing standing(TouchRef touch, String purpose) {
    if (!isStillTheirs(touch)) {
      return Standing.MOVED;
    }
    boolean isClosed =
        isErased(touch)
            || closed(touch, purpose)
                .filter(no -> !no.reason().equals(Suppressions.UNSUBSCRIBED))
                .isPresent();
    return isClosed ? Standing.CLOSED : Standing.OPEN;
  }

  /** Whether the lead can confirm. */
  enum Standing {
    /** They can. */
    OPEN,
    /** They have another address by now: who has the link has not shown that they have that. */
    MOVED,
    /** No yes opens their address, or they were erased. */
    CLOSED
  }

  private Optional<Permission.Suppressed> closed(TouchRef touch, String purpose) {
    return address(touch)
        .flatMap(address -> suppressions.closed(touch.channel(), address, purpose));
  }

  private Optional<String> address(TouchRef touch) {
    return jdbc.sql(
            LeadFamily.SQL
                + """
                select address from (
                  select case :channel when 'email' then email when 'sms' then phone end as address
                  from lead where id in (select id from root where merged_into is null)) lead
                where address is not null
                """)
        .param("lead", touch.leadId())
        .param("channel", touch.channel())
        .query(String.class)
        .optional();
  }

  /** Yes where nobody knows where it went. */
  private boolean isStillTheirs(TouchRef touch) {
    return jdbc.sql(
            LeadFamily.SQL
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

  private boolean isErased(TouchRef touch) {
    return jdbc.sql(
            "select exists (select from erased_lead where lead_id = ? and erased_at is not null)")
        .param(touch.leadId())
        .query(Boolean.class)
        .single();
  }
}
