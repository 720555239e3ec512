package io.ripen.engine.consents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person gave a consent or took it back.
 *
 * @param channel for example {@code email}
 * @param purpose for example {@code marketing}
 * @param proof when, where and with which words: {@code wording, by, url, ip, userAgent, messageId,
 *     touch}, as far as known
 * @param address the lead's at that time, as a yes by e-mail or text message is for one address;
 *     null where it is not known. The one that the proof's touch went to goes before it
 */
public record ConsentChange(
    UUID leadId,
    String channel,
    String purpose,
    boolean granted,
    Instant at,
    ObjectNode proof,
    @Nullable String address) {

  /** One that bears its touch in its proof, or that needs no address. */
  public ConsentChange(
      UUID leadId, String channel, String purpose, boolean granted, Instant at, ObjectNode proof) {
    this(leadId, channel, purpose, granted, at, proof, null);
  }
}
