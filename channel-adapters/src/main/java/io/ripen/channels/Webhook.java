package io.ripen.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A provider's way to tell us something by HTTP. Safe for use by many threads. */
public interface Webhook {

  /** The last part of its address, for example {@code twilio}. */
  String name();

  /** How much of a body is read; of more, a webhook that takes parts gets the beginning. */
  default int largest() {
    return 256 * 1024;
  }

  /** Whether the beginning of a body that is too large is of use. */
  default boolean takesParts() {
    return false;
  }

  /**
   * Reads one request. Whoever calls answers with {@link Answer.Taken#body} only when what came in
   * is kept for good; a provider that hears of a failure tells it again.
   */
  Answer receive(Request request);

  /**
   * A request as the provider sent it.
   *
   * @param url the address that the provider called, with its query
   * @param headers by name in lower case
   * @param content the body
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Request(String method, String url, Map<String, List<String>> headers, byte[] content) {

    public Request(String method, String url, Map<String, List<String>> headers, String body) {
      this(method, url, headers, body.getBytes(UTF_8));
    }

    /** The body, as UTF-8. */
    public String body() {
      return new String(content, UTF_8);
    }

    /** The header's first value, whatever the case of the name. */
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /** What the provider is answered. */
  sealed interface Answer {
    /** It is from the provider; this came in, which may be nothing. */
    record Taken(List<Inbound> inbound, String contentType, String body) implements Answer {
      public Taken(List<Inbound> inbound) {
        this(inbound, "text/plain", "");
      }
    }

    /**
     * It is not from the provider, or cannot be read.
     *
     * @param status as in HTTP, from 400 on
     * @param reason free of personal data and of secrets
     */
    record Refused(int status, String reason) implements Answer {}
  }
}
