package io.ripen.engine.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.leads.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells another system of a lead, by its id: a POST of {@code {"id", "leadId", "eventId", "flow",
 * "element"}} with {@code Idempotency-Key} and {@code X-Ripen-Signature}, which is {@code sha256=}
 * and the HMAC-SHA256 of the body by {@code ripen.signing-key}, in hexadecimal digits. Personal
 * data stay here; who needs them asks {@code GET /api/leads/{id}}. Safe for use by many threads.
 */
@Component
@Profile("workers")
public final class CallWebhook {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final SecretKeySpec key;

  CallWebhook(RipenProperties properties) {
    this.key = new SecretKeySpec(properties.signingKey().getBytes(UTF_8), "HmacSHA256");
  }

  /**
   * What is told.
   *
   * @param id the same each time that this is told
   */
  public record Call(URI url, String id, Subject subject, String flow, String element) {}

  /** What became of a call. */
  public sealed interface Outcome {
    /** The other system has it. */
    record Taken() implements Outcome {}

    /** The other system does not want it. */
    record Refused(String reason) implements Outcome {}

    /** It may want it later. */
    record TryLater(String cause) implements Outcome {}
  }

  /** Calls once. */
  public Outcome call(Call call) {
    byte[] body = body(call);
    HttpRequest request =
        HttpRequest.newBuilder(call.url())
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Ripen")
            .header("Idempotency-Key", call.id())
            .header("X-Ripen-Signature", "sha256=" + signature(body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      String answer = "%s answered %d".formatted(call.url().getHost(), status);
      if (status >= 200 && status < 300) {
        return new Outcome.Taken();
      }
      boolean isFinal = status < 500 && status != TIMED_OUT && status != TOO_MANY;
      return isFinal ? new Outcome.Refused(answer) : new Outcome.TryLater(answer);
    } catch (IOException e) {
      return new Outcome.TryLater(
          "%s cannot be reached (%s)"
              .formatted(call.url().getHost(), e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.TryLater("the worker was stopped");
    }
  }

  private static byte[] body(Call call) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("id", call.id());
    body.put("leadId", call.subject().leadId().toString());
    body.put("eventId", call.subject().eventId());
    body.put("flow", call.flow());
    body.put("element", call.element());
    return body.toString().getBytes(UTF_8);
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
