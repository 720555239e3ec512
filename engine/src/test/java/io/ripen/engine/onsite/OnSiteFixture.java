package io.ripen.engine.onsite;

import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What other features' tests need of this one. */
public final class OnSiteFixture {

  private OnSiteFixture() {}

  public static Channel<ShortMessage> popup(JdbcTemplate jdbc, Clock clock) {
    return new OnSiteChannels(new OnSiteJdbc(jdbc), clock).popup();
  }

  /** A window of the lead's, who is in the table, shows the newest message that waits for them. */
  public static void sees(JdbcTemplate jdbc, UUID lead, Clock clock) {
    Long newest =
        jdbc.queryForObject(
            "select max(id) from onsite_message where lead_id = ?", Long.class, lead);
    new OnSiteJdbc(jdbc)
        .show(Objects.requireNonNull(newest), lead, "window", clock.instant())
        .orElseThrow();
  }
}
