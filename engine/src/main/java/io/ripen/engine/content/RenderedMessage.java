package io.ripen.engine.content;

import java.nio.file.Path;
import java.util.List;

/**
 * A message, ready to be sent.
 *
 * @param locale the locale that it is written in, which is the fallback where the lead's is missing
 * @param preheader what mail programs show beside the subject
 * @param attachments the files that go with it
 */
public record RenderedMessage(
    String locale,
    String subject,
    String preheader,
    String html,
    String text,
    List<Path> attachments) {}
