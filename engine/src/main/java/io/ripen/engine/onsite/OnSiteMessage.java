package io.ripen.engine.onsite;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A popup or one line of a chat.
 *
 * @param kind {@code popup} or {@code chat}
 * @param author {@code flow}, {@code visitor} or {@code person}
 * @param name of a person: who it was
 * @param messageId the touch's message, or the browser's own id of what was written there
 * @param buttons {@code [{label, url}]}
 * @param look {@code {place, when, form, lang}}; a form is one of the sites', in that language
 */
public record OnSiteMessage(
    long id,
    UUID leadId,
    String kind,
    String author,
    @Nullable String name,
    @Nullable String messageId,
    String title,
    String text,
    JsonNode buttons,
    JsonNode look,
    Instant createdAt) {}
