package io.ripen.engine.steps;

import io.ripen.channels.SendResult;
import io.ripen.channels.webhook.WebhookCall;
import io.ripen.engine.leads.Subject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells another system that a lead has come to a step, by ids: personal data stay here, and who
 * needs them asks {@code GET /api/leads/{id}}. Safe for use by many threads.
 */
public final class CallWebhook {

  private static final String TYPE = "step.reached";

  private final Receivers receivers;
  private final CallAgain callAgain;
  private final Duration useBy;
  private final Clock clock;

  CallWebhook(Receivers receivers, CallAgain callAgain, Duration useBy, Clock clock) {
    this.receivers = receivers;
    this.callAgain = callAgain;
    this.useBy = useBy;
    this.clock = clock;
  }

  /**
   * What is told.
   *
   * @param url with a host, and without a user
   * @param id the same each time that this is told
   * @param useBy how long it is of use; null for as long as is usual
   */
  public record Call(
      URI url, String id, Subject subject, String flow, String element, @Nullable Duration useBy) {}

  /**
   * Tries that came to nothing; whoever asks again hands them in again.
   *
   * @param failed how many
   * @param since when the first one was, null before it
   */
  public record Tries(int failed, @Nullable Instant since) {
    /** Before the first one. */
    public static final Tries NONE = new Tries(0, null);
  }

  /** What became of a call. */
  public sealed interface Outcome {
    /** The other system has it. */
    record Taken() implements Outcome {}

    /** The other system does not want it, or could not be told while it was of use. */
    record Refused(String reason) implements Outcome {}

    /**
     * It may want it later.
     *
     * @param after the time until then
     * @param tries what to hand in then
     */
    record TryLater(String cause, Duration after, Tries tries) implements Outcome {}
  }

  /** Calls once. An answer that was lost is one more try: the receiver knows the call by its id. */
  public Outcome call(Call call, Tries tries) {
    Instant since = tries.since() == null ? clock.instant() : tries.since();
    var told = new WebhookCall(call.url(), call.id(), TYPE, since, data(call));
    Tries failed = new Tries(tries.failed() + 1, since);
    return switch (receivers.send(told)) {
      case SendResult.Accepted accepted -> new Outcome.Taken();
      case SendResult.Waiting waiting -> new Outcome.Taken();
      case SendResult.Rejected rejected -> new Outcome.Refused(rejected.reason());
      case SendResult.Retryable retryable ->
          later(call, failed, since, retryable.cause(), retryable.backoff());
      case SendResult.Uncertain uncertain ->
          later(call, failed, since, uncertain.cause(), Duration.ZERO);
    };
  }

  private Outcome later(Call call, Tries tries, Instant since, String cause, Duration advised) {
    Duration after = callAgain.after(tries.failed(), advised);
    Duration ofUse = call.useBy() == null ? useBy : call.useBy();
    if (clock.instant().plus(after).isAfter(since.plus(ofUse))) {
      return new Outcome.Refused(
          "Given up after %s; the last cause: %s"
              .formatted(ofUse.toString().substring(2).toLowerCase(Locale.ROOT), cause));
    }
    return new Outcome.TryLater(cause, after, tries);
  }

  private static SequencedMap<String, String> data(Call call) {
    SequencedMap<String, String> data = new LinkedHashMap<>();
    data.put("leadId", call.subject().leadId().toString());
    if (call.subject().eventId() != null) {
      data.put("eventId", call.subject().eventId());
    }
    data.put("flow", call.flow());
    data.put("element", call.element());
    return data;
  }
}
