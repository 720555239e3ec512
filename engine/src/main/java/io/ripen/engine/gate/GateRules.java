package io.ripen.engine.gate;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the company decided about when people may be written to.
 *
 * @param quiet the channels that keep quiet hours
 * @param overall over all channels other than those on the site
 * @param runaway over transactional messages by one channel, and over chat messages
 * @param minimumGap between two touches by whatever channel, other than those on the site
 * @param zone where a lead is taken to be whose time zone nobody knows
 * @param country whose holidays count for a lead whose country nobody knows, if any's
 */
record GateRules(
    QuietHours quietHours,
    Set<Medium> quiet,
    Map<Medium, Cap> caps,
    Cap overall,
    Cap runaway,
    Duration minimumGap,
    ZoneId zone,
    @Nullable String country) {

  Cap cap(Medium medium) {
    return caps.getOrDefault(medium, Cap.NONE);
  }
}
