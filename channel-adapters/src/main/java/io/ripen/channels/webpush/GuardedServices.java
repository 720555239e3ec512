package io.ripen.channels.webpush;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Guards each push service by itself, so that one that is away holds up none of the others. */
public final class GuardedServices implements Channel<PushMessage> {

  private final Channel<PushMessage> channel;
  private final PushServices services;
  private final Map<String, Channel<PushMessage>> guarded = new HashMap<>();

  /**
   * @param limits of each
   */
  public GuardedServices(
      Channel<PushMessage> channel, PushServices services, Limits limits, Clock clock) {
    this.channel = channel;
    this.services = services;
    services.allowed().forEach(each -> guarded.put(each, new Guarded<>(channel, limits, clock)));
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public SendResult send(PushMessage message, HandOver handOver) {
    return services
        .of(message.to())
        .map(guarded::get)
        // It refuses it.
        .orElse(channel)
        .send(message, handOver);
  }

  /** Whether any of them is. */
  @Override
  public boolean isHeld() {
    return guarded.values().stream().anyMatch(Channel::isHeld);
  }
}
