package io.ripen.engine.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.events.InvalidEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The door on a real port, before a real Kafka. */
@SpringBootTest(
    classes = DoorApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "ripen.public-url=https://ripen.example",
      "ripen.signing-key=0123456789abcdef0123456789abcdef",
      "ripen.bpmn=bpmn",
      "ripen.sites.shop.write-key=shop-key",
      "ripen.sites.shop.origins=https://shop.example",
      "ripen.sites.blog.write-key=blog-key",
      "ripen.sites.blog.origins=https://blog.example",
      "ripen.events.ack-timeout=30s",
      "camunda.client.enabled=false"
    })
@ActiveProfiles("engine")
abstract class DoorIT {

  static final EmbeddedKafkaBroker KAFKA = startKafka();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void kafka(DynamicPropertyRegistry registry) {
    registry.add("spring.kafka.bootstrap-servers", KAFKA::getBrokersAsString);
  }

  static EmbeddedKafkaBroker startKafka() {
    var kafka = new EmbeddedKafkaKraftBroker(1, 1);
    kafka.afterPropertiesSet();
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::destroy));
    return kafka;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(asShop(request(path)).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static HttpRequest.Builder asShop(HttpRequest.Builder request) {
    return request.header("Authorization", basic("shop-key:"));
  }

  static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  /** All events on the topic from its beginning to its end. */
  static List<Event> eventsOnTopic() {
    return recordsOnTopic().stream().map(DoorIT::event).toList();
  }

  static List<ConsumerRecord<byte[], byte[]>> recordsOnTopic() {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.getBrokersAsString());
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(EventTopics.EVENTS).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left = consumer.endOffsets(partitions).values().stream().mapToLong(n -> n).sum();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (records.size() < left) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
      return records;
    }
  }

  static Event event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new EventJson()
          .read(
              record.value(),
              new Arrival.OnTopic(
                  record.topic(), record.partition(), record.offset(), 0, Instant.now()));
    } catch (InvalidEvent e) {
      throw new AssertionError(e);
    }
  }

  static String messageId() {
    return UUID.randomUUID().toString();
  }
}
