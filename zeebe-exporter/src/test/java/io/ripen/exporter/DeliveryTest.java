package io.ripen.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeliveryTest {

  private final Kafka kafka = new Kafka();
  private final List<Long> settled = new ArrayList<>();
  private long now;
  private final Delivery delivery =
      new Delivery(
          kafka::open, settled::add, () -> now, LoggerFactory.getLogger(DeliveryTest.class));

  @Test
  void records_are_sent_without_waiting_for_the_answer_of_the_one_before() {
    offer(1, 2, 3);

    assertThat(kafka.values()).containsExactly("1", "2", "3");
    assertThat(settled).isEmpty();
  }

  @Test
  void the_position_moves_up_to_the_first_record_without_an_acknowledgement() {
    offer(1, 2, 3);
    kafka.producer().completeNext();
    kafka.producer().completeNext();
    delivery.advance();

    assertThat(settled).containsExactly(2L);
  }

  @Test
  void a_skipped_record_settles_with_the_sent_one_before_it() {
    offer(1);
    delivery.skip(2);
    delivery.skip(3);
    delivery.advance();
    assertThat(settled).isEmpty();

    kafka.producer().completeNext();
    delivery.advance();
    assertThat(settled).containsExactly(3L);
  }

  @Test
  void skipped_records_alone_move_the_position_so_that_the_log_can_be_compacted() {
    delivery.skip(7);
    delivery.advance();

    assertThat(settled).containsExactly(7L);
  }

  @Test
  void an_unchanged_position_is_reported_once() {
    delivery.skip(7);
    delivery.advance();
    delivery.advance();

    assertThat(settled).containsExactly(7L);
  }

  @Test
  void after_a_failure_a_new_producer_sends_all_from_the_first_without_an_acknowledgement() {
    offer(1, 2, 3);
    kafka.producer().completeNext();
    kafka.producer().errorNext(new KafkaException("lost"));
    delivery.advance();
    assertThat(kafka.producers).hasSize(1);

    rest();
    assertThat(kafka.producers).hasSize(2);
    assertThat(kafka.producers.getFirst().closed()).isTrue();
    assertThat(kafka.values()).containsExactly("2", "3");

    while (kafka.producer().completeNext()) {}
    delivery.advance();
    assertThat(settled).containsExactly(1L, 3L);
  }

  @Test
  void nothing_overtakes_a_record_that_was_refused_at_once() {
    offer(1);
    kafka.producer().sendException = new TimeoutException("no metadata");
    offer(2, 3);
    kafka.producer().sendException = null;
    offer(4);
    assertThat(kafka.values()).containsExactly("1");

    rest();
    assertThat(kafka.values()).endsWith("1", "2", "3", "4");
  }

  @Test
  void an_answer_to_a_given_up_producer_settles_nothing() {
    offer(1, 2);
    var first = kafka.producer();
    first.errorNext(new TopicAuthorizationException("ripen.zeebe"));
    delivery.advance();
    while (first.completeNext()) {}
    delivery.advance();

    assertThat(settled).isEmpty();
  }

  @Test
  void while_kafka_cannot_be_found_records_wait_and_none_is_lost() {
    kafka.unreachable = new KafkaException("no resolvable bootstrap urls");
    offer(1, 2);
    rest();
    kafka.unreachable = null;
    offer(3);
    rest();

    assertThat(kafka.values()).containsExactly("1", "2", "3");
  }

  @Test
  void kafka_is_left_alone_for_a_while_after_a_failure() {
    kafka.unreachable = new KafkaException("away");
    offer(1);
    kafka.unreachable = null;
    delivery.advance();

    assertThat(kafka.producers).isEmpty();
  }

  @Test
  void too_many_waiting_records_are_refused_until_some_have_left() {
    for (int position = 1; position <= Delivery.LIMIT; position++) {
      offer(position);
    }
    assertThat(delivery.offer(record(10_001), 10_001)).isFalse();

    kafka.producer().completeNext();
    delivery.advance();
    assertThat(delivery.offer(record(10_001), 10_001)).isTrue();
  }

  @Test
  void a_record_that_kafka_will_never_take_holds_up_nobody() {
    offer(1, 2);
    kafka.producer().errorNext(new RecordTooLargeException("9 MB"));
    kafka.producer().completeNext();
    delivery.advance();

    assertThat(settled).containsExactly(2L);
  }

  @Test
  void closing_reports_what_was_acknowledged_until_then() {
    offer(1, 2);
    var producer = kafka.producer();
    producer.completeNext();
    delivery.close();

    assertThat(producer.closed()).isTrue();
    assertThat(settled).containsExactly(1L);
  }

  private void offer(long... positions) {
    for (long position : positions) {
      assertThat(delivery.offer(record(position), position)).isTrue();
    }
  }

  private void rest() {
    now += Delivery.REST.toNanos();
    delivery.advance();
  }

  private static ProducerRecord<String, String> record(long position) {
    return new ProducerRecord<>("ripen.zeebe", "1", Long.toString(position));
  }
}
