package io.ripen.engine.touches;

import static java.util.stream.Collectors.toMap;

import io.ripen.channels.Channel;
import io.ripen.engine.gate.Medium;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * How one channel is. One whose provider is left alone is HELD, which says nothing of the process:
 * its messages wait, and all else goes on.
 */
record ChannelHealth(Supplier<List<Channel.Provider>> providers) implements HealthIndicator {

  /** Boot does not know it, and so it makes no whole worse. */
  static final Status HELD = new Status("HELD");

  /** All channels, each by its name. */
  static CompositeHealthContributor ofAll(Map<Medium, Supplier<List<Channel.Provider>>> channels) {
    return CompositeHealthContributor.fromMap(
        channels.entrySet().stream()
            .collect(
                toMap(each -> each.getKey().lower(), each -> new ChannelHealth(each.getValue()))));
  }

  @Override
  public Health health() {
    List<Channel.Provider> all = providers.get();
    Map<String, String> held =
        all.stream()
            .filter(Channel.Provider::isHeld)
            .collect(toMap(Channel.Provider::name, each -> String.valueOf(each.heldBecause())));
    Health.Builder health = held.isEmpty() ? Health.up() : Health.status(HELD);
    health.withDetail("providers", all.stream().map(Channel.Provider::name).toList());
    return held.isEmpty() ? health.build() : health.withDetail("held", held).build();
  }
}
