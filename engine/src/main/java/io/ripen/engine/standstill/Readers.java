package io.ripen.engine.standstill;

import java.util.Collection;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
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
    return containers.get().stream().allMatch(Readers::isPaused);
  }

  /** A reader that has no partition, as others have them all, is never told to be paused. */
  private static boolean isPaused(MessageListenerContainer container) {
    if (!container.isRunning() || container.isContainerPaused()) {
      return true;
    }
    if (container instanceof ConcurrentMessageListenerContainer<?, ?> many) {
      return many.getContainers().stream().allMatch(Readers::isPaused);
    }
    Collection<TopicPartition> partitions = container.getAssignedPartitions();
    return container.isPauseRequested() && (partitions == null || partitions.isEmpty());
  }

  void resume() {
    containers.get().forEach(MessageListenerContainer::resume);
  }
}
