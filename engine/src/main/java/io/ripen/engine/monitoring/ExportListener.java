package io.ripen.engine.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Reads Zeebe's export stream in batches. A batch that cannot be stored comes again until it can; a
 * message that is no record is passed over and told of.
 *
 * <p>An empty read model makes it read from the first record that Kafka still has.
 */
final class ExportListener implements ConsumerSeekAware {

  private static final Logger LOG = LoggerFactory.getLogger(ExportListener.class);

  private final ReadModel model;

  /** Once for each process: who takes the model over later keeps it. */
  private boolean tookOver;

  ExportListener(ReadModel model) {
    this.model = model;
  }

  @KafkaListener(
      id = ExportTopic.READERS,
      topics = ExportTopic.NAME,
      containerFactory = MonitoringConfiguration.CONTAINER_FACTORY)
  void read(List<ConsumerRecord<String, String>> messages) {
    List<ExportedRecord> records = new ArrayList<>(messages.size());
    for (ConsumerRecord<String, String> message : messages) {
      try {
        records.add(ExportedRecord.parse(message.value()));
      } catch (IllegalArgumentException e) {
        LOG.error(
            "Message {}-{}@{} is passed over: {}",
            message.topic(),
            message.partition(),
            message.offset(),
            e.getMessage());
      }
    }
    model.apply(records);
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    if (!tookOver) {
      model.takeOver();
      tookOver = true;
    }
    if (model.isEmpty()) {
      callback.seekToBeginning(assignments.keySet());
    }
  }
}
