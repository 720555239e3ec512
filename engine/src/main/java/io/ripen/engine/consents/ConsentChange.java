package io.ripen.engine.consents;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person gave a consent or took it back.
 *
 * @param channel for example {@code email}
 * @param purpose for example {@code marketing}
 * @param proof when, where and with which words: {@code wording, by, url, ip, userAgent, messageId,
 *     touch}, as far as known
 */
public record ConsentChange(
    UUID leadId, String channel, String purpose, boolean granted, Instant at, ObjectNode proof) {}
