package io.ripen.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the few records that Ripen reads from one partition of the broker to a Kafka topic, in
 * order and at least once; see {@link RecordJson} for their form.
 *
 * <p>The message's key is the number of the Zeebe partition, so its records stay in order. The
 * topic must keep the number of partitions that it began with. While Kafka is away the broker goes
 * on; its log is kept from the first record that Kafka has not acknowledged.
 *
 * <p>Arguments: {@code bootstrapServers}, {@code topic} (default {@code ripen.zeebe}), {@code
 * producer} (further settings of the Kafka producer).
 */
public final class KafkaExporter implements Exporter {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Function<ExporterSettings, Producer<String, String>> producers;
  private Logger log = LoggerFactory.getLogger(KafkaExporter.class);
  private @Nullable ExporterSettings settings;
  private @Nullable Delivery delivery;
  private @Nullable Controller controller;
  private String stream = "";
  private boolean closed;

  /** For the broker. */
  public KafkaExporter() {
    this(KafkaProducers::open);
  }

  KafkaExporter(Function<ExporterSettings, Producer<String, String>> producers) {
    this.producers = producers;
  }

  @Override
  public void configure(Context context) {
    log = context.getLogger();
    settings = ExporterSettings.from(context.getConfiguration().getArguments());
    context.setFilter(new ReadRecords());
  }

  @Override
  public void open(Controller controller) {
    ExporterSettings configured = required(settings);
    this.controller = controller;
    byte[] name = controller.readMetadata().orElseGet(KafkaExporter::newStream);
    stream = new String(name, StandardCharsets.UTF_8);
    delivery =
        new Delivery(
            () -> producers.apply(configured),
            position -> controller.updateLastExportedRecordPosition(position, name),
            System::nanoTime,
            log);
    closed = false;
    log.info(
        "Records go to Kafka at {}, topic {}", configured.bootstrapServers(), configured.topic());
    tick();
  }

  /**
   * {@inheritDoc}
   *
   * @throws KafkaBehind when too many records wait already; the broker then offers the record again
   */
  @Override
  public void export(Record<?> record) {
    Delivery open = required(delivery);
    Optional<String> json = RecordJson.write(record, stream);
    if (json.isEmpty()) {
      open.skip(record.getPosition());
      return;
    }
    String key = Integer.toString(record.getPartitionId());
    ProducerRecord<String, String> message =
        new ProducerRecord<>(required(settings).topic(), key, json.get());
    if (!open.offer(message, record.getPosition())) {
      open.advance();
      throw new KafkaBehind();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (delivery != null) {
      delivery.close();
      delivery = null;
    }
  }

  private void tick() {
    if (!closed) {
      required(delivery).advance();
      required(controller).scheduleCancellableTask(TICK, this::tick);
    }
  }

  /**
   * Kept by the broker together with the position. So as long as no position is kept, each start
   * makes another name, and begins with the first record; and a broker without its data has none.
   */
  private static byte[] newStream() {
    return UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the exporter is not open (expected: configure, then open)");
    }
    return part;
  }
}
