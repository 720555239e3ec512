package io.ripen.engine.inbound;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether one channel is heard. One that is not is CUT_OFF, which says nothing of the process: what
 * comes in waits at the provider, and all else goes on.
 */
record ListeningHealth(ListeningJdbc table, String channel) implements HealthIndicator {

  /** Boot does not know it, and so it makes no whole worse. */
  static final Status CUT_OFF = new Status("CUT_OFF");

  /** A mailbox in which nothing happens is looked at again after nine minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String REMEDY =
      "Mend what the problem names; it is tried again every few seconds. What comes in waits"
          + " meanwhile: in the mailbox as long as you like, at Telegram for a day.";

  /** All that are listened to, each by its name. */
  static CompositeHealthContributor ofAll(List<String> channels, ListeningJdbc table) {
    return CompositeHealthContributor.fromMap(
        channels.stream()
            .collect(toMap(Function.identity(), channel -> new ListeningHealth(table, channel))));
  }

  @Override
  public Health health() {
    return table
        .of(channel)
        .map(ListeningHealth::health)
        .orElseGet(() -> Health.unknown().withDetail("heardAt", "never").build());
  }

  private static Health health(ListeningJdbc.Heard heard) {
    boolean isCutOff = heard.age().compareTo(PATIENCE) > 0;
    Health.Builder health = isCutOff ? Health.status(CUT_OFF) : Health.up();
    health.withDetail("heardAt", heard.at().toString());
    if (heard.problem() != null) {
      health.withDetail("problem", heard.problem());
    }
    return isCutOff ? health.withDetail("remedy", REMEDY).build() : health.build();
  }
}
