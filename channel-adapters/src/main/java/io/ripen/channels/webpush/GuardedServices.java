package io.ripen.channels.webpush;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Guards each push service by itself, so that one that is away holds up none of the others. */
public final class GuardedServices implements Channel<PushMessage> {

  private final Channel<PushMessage> channel;
  private final PushServices services;
  private final Map<String, Channel<PushMessage>> guarded = new TreeMap<>();

  /**
   * @param guard puts one before the channel, for the service of this name
   */
  public GuardedServices(
      Channel<PushMessage> channel,
      PushServices services,
      Function<String, Channel<PushMessage>> guard) {
    this.channel = channel;
    this.services = services;
    services.allowed().forEach(each -> guarded.put(each, guard.apply(each)));
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

  @Override
  public List<Provider> providers() {
    return guarded.entrySet().stream()
        .flatMap(
            service ->
                service.getValue().providers().stream()
                    .map(each -> new Provider(service.getKey(), each.heldBecause())))
        .toList();
  }
}
