package io.ripen.app.mailbox;

import io.ripen.engine.console.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a person would see it.
 *
 * @param channel by which it left, or would have: {@code email}, {@code sms} …
 * @param receivedAt when it came in, by the local server's clock
 * @param from the sender as the mail names it
 * @param to whom it was delivered to
 * @param preheader what mail programs show beside the subject
 * @param text the plain-text part, empty where there is none
 * @param html the HTML part, empty where there is none
 * @param headers its header lines, decoded, in their order; those that the mailbox added come first
 * @param links where its links lead, each once
 * @param unsubscribe the web address of List-Unsubscribe
 * @param oneClick whether that address takes the one-click POST of RFC 8058
 * @param problem what could not be read of it
 */
record Mail(
    String id,
    String channel,
    Instant receivedAt,
    String from,
    List<String> to,
    String subject,
    String preheader,
    String text,
    String html,
    Map<String, List<String>> headers,
    List<String> links,
    @Nullable String unsubscribe,
    boolean oneClick,
    @Nullable String problem) {

  /** What the list shows. */
  record Summary(
      String id,
      String channel,
      Instant receivedAt,
      String from,
      List<String> to,
      String subject,
      String preheader) {

    /** For the page. */
    public Moment received() {
      return Moment.of(receivedAt);
    }

    boolean isTo(String address) {
      return to.stream().anyMatch(recipient -> recipient.equalsIgnoreCase(address));
    }
  }

  /** For the page. */
  public Moment received() {
    return Moment.of(receivedAt);
  }

  Summary summary() {
    return new Summary(id, channel, receivedAt, from, to, subject, preheader);
  }
}
