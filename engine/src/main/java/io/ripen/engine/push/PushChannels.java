package io.ripen.engine.push;

import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.guarded.Limits;
import io.ripen.channels.webpush.GuardedServices;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.channels.webpush.PushServices;
import io.ripen.channels.webpush.WebPushChannel;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.links.SignedLinks;
import java.time.Clock;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The channel to the browsers of leads, as the properties say. */
@Component
@Profile("workers")
public final class PushChannels {

  private final PushProperties properties;
  private final PushJdbc table;
  private final SignedLinks links;
  private final Guards guards;
  private final Clock clock;

  PushChannels(
      PushProperties properties, PushJdbc table, SignedLinks links, Guards guards, Clock clock) {
    this.guards = guards;
    this.properties = properties;
    this.table = table;
    this.links = links;
    this.clock = clock;
  }

  /**
   * By Web Push.
   *
   * @throws IllegalArgumentException when a key is missing or wrong
   */
  public Channel<ShortMessage> push() {
    PushKeys keys = properties.keys();
    PushServices services = properties.pushServices();
    WebPushChannel channel =
        new WebPushChannel(
            keys, services, properties.connectTimeout(), properties.answerTimeout(), clock);
    return new PushChannel(
        new GuardedServices(
            channel,
            services,
            service ->
                guards.guard(
                    channel.name() + " " + service,
                    channel,
                    Limits.perSecond(properties.messagesPerSecond()))),
        table,
        keys.publicKey(),
        links,
        clock);
  }
}
