package io.ripen.engine.touches;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.gate.Channels;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.LinkRewriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The channels that are set up here. */
@Component
@Profile("workers")
final class Senders implements Channels, MeterBinder {

  private final Map<Medium, Sender> senders = new EnumMap<>(Medium.class);

  /**
   * @param channels all others than e-mail; their names are those of {@link Medium}
   */
  Senders(
      EmailSender email,
      ObjectProvider<Channel<ShortMessage>> channels,
      MessageCatalog catalog,
      MessageFacts messageFacts,
      LinkRewriter rewriter) {
    senders.put(Medium.EMAIL, email);
    channels
        .orderedStream()
        .map(channel -> new ShortSender(channel, catalog, messageFacts, rewriter))
        .forEach(sender -> senders.put(sender.medium(), sender));
  }

  Optional<Sender> by(Medium medium) {
    return Optional.ofNullable(senders.get(medium));
  }

  @Override
  public boolean has(Medium medium) {
    return senders.containsKey(medium);
  }

  /** Who takes the messages of each channel that is set up, as they are when somebody asks. */
  Map<Medium, Supplier<List<Channel.Provider>>> providers() {
    Map<Medium, Supplier<List<Channel.Provider>>> providers = new EnumMap<>(Medium.class);
    senders.forEach((medium, sender) -> providers.put(medium, sender::providers));
    return providers;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    senders.forEach(
        (medium, sender) ->
            Gauge.builder("ripen.channels.held", sender, each -> each.isHeld() ? 1 : 0)
                .description("1 while the provider fails, or has asked to be left alone")
                .tag("channel", medium.lower())
                .register(meters));
  }
}
