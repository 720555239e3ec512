package io.ripen.engine.leads;

import io.ripen.engine.flows.FlowsKnown;
import java.util.Objects;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.stereotype.Component;

/**
 * Leaves events on their topic until it is known what flows wait for: no cart of the first minute
 * goes without its signal.
 */
@Component
@Profile("engine")
class BeginReading {

  private final KafkaListenerEndpointRegistry listeners;

  BeginReading(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  @EventListener(FlowsKnown.class)
  void begin() {
    Objects.requireNonNull(listeners.getListenerContainer(EventConsumer.ID)).start();
  }
}
