package io.ripen.engine.gate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.consents.Permissions;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.gate.OtherTouch.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The gate with its usual rules and all that it asks for in memory, for a benchmark; it lies in the
 * gate's package, as the gate's parts are nobody else's.
 */
public final class GateInMemory {

  /** In summer, at noon, on no holiday. */
  public static final Instant NOON = Instant.parse("2026-06-10T10:00:00Z");

  private record Known(List<OtherTouch> others) implements OtherTouches {

    @Override
    public List<OtherTouch> of(
        UUID leadId, Medium medium, String address, long key, Instant since, Instant now) {
      return others.stream().filter(other -> other.at().isAfter(since)).toList();
    }

    @Override
    public List<Instant> transactional(
        UUID leadId, Medium medium, long key, Instant since, Instant now) {
      return List.of();
    }

    @Override
    public int confirmations(Medium medium, String address, long key, Instant since) {
      return 0;
    }
  }

  private GateInMemory() {}

  /** One whose lead has got so many touches in the last weeks. */
  public static Gate of(int history) {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    List<OtherTouch> others =
        IntStream.rangeClosed(1, history)
            .mapToObj(
                i ->
                    new OtherTouch(
                        i % 2 == 0 ? Medium.SMS : Medium.EMAIL,
                        Standing.SENT,
                        NOON.minus(Duration.ofDays(3L * i)),
                        Priority.NORMAL))
            .toList();
    return new Gate(
        medium -> true,
        new Agreed(),
        new Known(others),
        (run, lead, since) -> Optional.empty(),
        (lead, now) -> null,
        new Feel(clock),
        new GateProperties(
                ZoneId.of("Europe/Budapest"),
                "HU",
                new GateProperties.Quiet(
                    LocalTime.of(21, 0),
                    LocalTime.of(9, 0),
                    List.of("sms", "messenger", "push"),
                    true),
                Map.of(),
                Duration.ZERO)
            .rules(),
        clock,
        new SimpleMeterRegistry());
  }

  private static final class Agreed implements Permissions {
    @Override
    public Permission permission(UUID leadId, String channel, String purpose, String address) {
      return new Permission.Granted();
    }

    @Override
    public boolean isRefused(String channel, String address) {
      return false;
    }
  }
}
