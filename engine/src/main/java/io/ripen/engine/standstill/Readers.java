package io.ripen.engine.standstill;

import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.kafka.listener.MessageListenerContainer;

/** All that reads from Kafka in this process. */
final class Readers {

  private final Supplier<Collection<MessageListenerContainer>> containers;

  Readers(Supplier<Collection<MessageListenerContainer>> containers) {
    this.containers = containers;
  }

  /** After the batches that are under way, and their places noted; also for those yet to start. */
  void pause() {
    containers.get().forEach(MessageListenerContainer::pause);
  }

  boolean arePaused() {
    return containers.get().stream()
        .allMatch(each -> !each.isRunning() || each.isContainerPaused());
  }

  void resume() {
    containers.get().forEach(MessageListenerContainer::resume);
  }
}
