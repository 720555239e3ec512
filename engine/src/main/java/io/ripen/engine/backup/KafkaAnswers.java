package io.ripen.engine.backup;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** What Kafka is asked about topics and groups, and waited for. */
final class KafkaAnswers {

  private static final long ANSWER_SECONDS = 30;

  private final Admin admin;

  KafkaAnswers(Admin admin) {
    this.admin = admin;
  }

  /** Those of these topics that are there. */
  Map<String, TopicDescription> describe(Collection<String> names) throws BackupFailed {
    Set<String> all = get(admin.listTopics().names());
    return get(admin.describeTopics(names.stream().filter(all::contains).toList()).allTopicNames());
  }

  /** What was set for this topic, beside what Kafka does by itself. */
  Map<String, String> settings(String topic) throws BackupFailed {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> settings = new HashMap<>();
    for (Config config : get(admin.describeConfigs(List.of(resource)).all()).values()) {
      for (ConfigEntry entry : config.entries()) {
        if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
            && entry.value() != null) {
          settings.put(entry.name(), entry.value());
        }
      }
    }
    return settings;
  }

  /** Up to where a group has read. */
  Map<TopicPartition, OffsetAndMetadata> places(String group) throws BackupFailed {
    return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
  }

  void create(Manifest.Topic topic) throws BackupFailed {
    var unused =
        get(
            admin
                .createTopics(
                    List.of(
                        new NewTopic(
                                topic.name(), Optional.of(topic.partitions()), Optional.empty())
                            .configs(topic.settings())))
                .all());
  }

  /** Has a group forget where it was: its topics begin anew. */
  void forget(String group) throws BackupFailed {
    try {
      var unused =
          admin.deleteConsumerGroups(List.of(group)).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        throw new BackupFailed(
            "somebody reads Kafka as the group %s: stop all engines and workers, then bring the backup back"
                .formatted(group),
            e);
      }
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw failed(e);
      }
    } catch (TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private static <T> T get(KafkaFuture<T> answer) throws BackupFailed {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private static BackupFailed failed(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new BackupFailed(
        "Kafka does not answer (%s): see spring.kafka.bootstrap-servers".formatted(cause), e);
  }
}
