package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine with the agent of the image, which tells a collector what it does. */
@ExtendWith(DeploymentExtension.class)
class TracesIT {

  private final Collection<Span> spans = new ConcurrentLinkedQueue<>();
  private final Deployment ripen;
  private final Reminders reminders;
  private List<Shopper> shoppers = List.of();

  TracesIT(Deployment ripen) {
    this.ripen = ripen;
    this.reminders = new Reminders(ripen);
  }

  @AfterEach
  void no_more_traces() {
    ripen.killEngine();
    ripen.startEngine();
    reminders.buyAndEnd(shoppers);
  }

  @Test
  void an_event_is_followed_through_the_door_and_kafka_to_postgresql() {
    ripen.killEngine();
    ripen.startEngine(
        List.of("-javaagent:" + Build.agent()),
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + Played.by(this::take),
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_LOGS_EXPORTER", "none"));

    shoppers = reminders.abandonedCarts(1);

    soon("a trace").untilAsserted(() -> assertThat(statementsOf(theRequest())).isNotEmpty());
  }

  private Span theRequest() {
    return spans.stream()
        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
        .filter(span -> span.getName().equals("POST /v1/batch"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no request among " + names()));
  }

  /** What was done in PostgreSQL when the records of this request were taken from Kafka. */
  private List<String> statementsOf(Span request) {
    List<ByteString> takings =
        spans.stream()
            .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CONSUMER)
            .filter(span -> causes(span).anyMatch(request.getTraceId()::equals))
            .map(Span::getTraceId)
            .toList();
    assertThat(takings).as("spans of consumers, of %s", names()).isNotEmpty();
    return spans.stream()
        .filter(span -> takings.contains(span.getTraceId()))
        .filter(
            span -> span.getAttributesList().stream().anyMatch(a -> a.getKey().startsWith("db.")))
        .map(Span::getName)
        .toList();
  }

  private static Stream<ByteString> causes(Span span) {
    return Stream.concat(
        Stream.of(span.getTraceId()), span.getLinksList().stream().map(Span.Link::getTraceId));
  }

  private List<String> names() {
    return spans.stream().map(span -> span.getKind() + " " + span.getName()).distinct().toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        var body =
            "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(exchange.getRequestBody())
                : exchange.getRequestBody()) {
      ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .forEach(scope -> spans.addAll(scope.getSpansList()));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
