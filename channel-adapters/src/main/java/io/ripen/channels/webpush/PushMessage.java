package io.ripen.channels.webpush;

import io.ripen.channels.ShortMessage.Button;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One notification to one browser.
 *
 * @param id the same touch always has the same one: a browser shows it once
 * @param title may be empty; the browser then shows the site's name
 * @param text plain text
 * @param buttons links with words; the first is where a click on the notification leads
 * @param delivered what the browser calls when it has the notification; null for nothing
 * @param goodFor how long the push service keeps it for a browser that is away
 * @param urgent whether it may wake a device that saves its battery
 */
public record PushMessage(
    String id,
    Subscription to,
    String title,
    String text,
    List<Button> buttons,
    @Nullable String delivered,
    Duration goodFor,
    boolean urgent) {}
