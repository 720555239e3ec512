package io.ripen.engine.leads;

import io.ripen.engine.flows.FlowsKnown;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Leaves events on their topic until it is known what flows wait for: no cart of the first minute
 * goes without its signal.
 */
@Component
@Profile("engine")
class BeginReading {

  private final ConcurrentMessageListenerContainer<byte[], byte[]> eventsContainer;

  BeginReading(ConcurrentMessageListenerContainer<byte[], byte[]> eventsContainer) {
    this.eventsContainer = eventsContainer;
  }

  @EventListener(FlowsKnown.class)
  void begin() {
    eventsContainer.start();
  }
}
