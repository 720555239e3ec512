package io.ripen.engine.steps;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.guarded.Limits;
import io.ripen.channels.webhook.Receiver;
import io.ripen.channels.webhook.WebhookCall;
import io.ripen.engine.guards.Guards;
import java.time.Duration;

/**
 * Guards each receiver by itself, so that one that is away holds up none of the others. Flows may
 * name any, so those that were not called for long are forgotten.
 */
final class Receivers {

  private static final int MOST = 1_000;
  private static final Duration KEPT = Duration.ofDays(1);

  private final LoadingCache<Receiver, Channel<WebhookCall>> guarded;

  Receivers(Channel<WebhookCall> channel, Guards guards, Limits limits) {
    guarded =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(KEPT)
            .build(to -> guards.guard(channel.name(), new Named(channel, to), limits));
  }

  SendResult send(WebhookCall call) {
    // Whoever is told twice knows it by the call's id.
    return guarded.get(Receiver.at(call.url())).send(call, () -> {});
  }

  /** The channel to one of them, so that logs and reasons say which. */
  private record Named(Channel<WebhookCall> channel, Receiver receiver)
      implements Channel<WebhookCall> {

    @Override
    public String name() {
      return channel.name() + " " + receiver.name();
    }

    @Override
    public SendResult send(WebhookCall call, HandOver handOver) {
      return channel.send(call, handOver);
    }
  }
}
