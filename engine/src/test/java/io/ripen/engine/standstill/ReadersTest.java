package io.ripen.engine.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

class ReadersTest {

  private static final TopicPartition PARTITION = new TopicPartition("ripen.events", 0);

  @Test
  void a_reader_with_a_batch_in_hand_is_not_at_rest() {
    assertThat(new Readers(() -> List.of(reader(true, false, List.of(PARTITION)))).arePaused())
        .isFalse();
    assertThat(new Readers(() -> List.of(reader(true, true, List.of(PARTITION)))).arePaused())
        .isTrue();
  }

  /** As the second engine has none of a topic with one partition. */
  @Test
  void a_reader_without_a_partition_is_at_rest_once_it_is_asked_to_be() {
    assertThat(new Readers(() -> List.of(reader(true, false, List.of()))).arePaused()).isTrue();
    assertThat(new Readers(() -> List.of(reader(true, false, null))).arePaused()).isTrue();
    assertThat(new Readers(() -> List.of(reader(false, false, List.of()))).arePaused()).isFalse();
  }

  @Test
  @SuppressWarnings("unchecked")
  void of_several_readers_in_one_each_counts() {
    ConcurrentMessageListenerContainer<String, String> many =
        mock(ConcurrentMessageListenerContainer.class);
    KafkaMessageListenerContainer<String, String> idle = mock(KafkaMessageListenerContainer.class);
    KafkaMessageListenerContainer<String, String> busy = mock(KafkaMessageListenerContainer.class);
    state(idle, true, false, List.of());
    state(busy, true, false, List.of(PARTITION));
    when(many.isRunning()).thenReturn(true);
    when(many.getContainers()).thenReturn(List.of(idle, busy));

    Readers readers = new Readers(() -> List.of(many));
    readers.pause();
    verify(many).pause();
    assertThat(readers.arePaused()).isFalse();
    state(busy, true, true, List.of(PARTITION));
    assertThat(readers.arePaused()).isTrue();
  }

  private static MessageListenerContainer reader(
      boolean isAsked, boolean isPaused, @Nullable Collection<TopicPartition> partitions) {
    MessageListenerContainer reader = mock(MessageListenerContainer.class);
    state(reader, isAsked, isPaused, partitions);
    return reader;
  }

  private static void state(
      MessageListenerContainer reader,
      boolean isAsked,
      boolean isPaused,
      @Nullable Collection<TopicPartition> partitions) {
    when(reader.isRunning()).thenReturn(true);
    when(reader.isPauseRequested()).thenReturn(isAsked);
    when(reader.isContainerPaused()).thenReturn(isPaused);
    when(reader.getAssignedPartitions()).thenReturn(partitions);
  }
}
