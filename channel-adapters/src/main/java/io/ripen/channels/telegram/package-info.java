/**
 * Telegram by its Bot API. We speak to it by the JDK's client: the known library sends in the
 * background, so that nobody can tell whether a broken request was written, and one update that it
 * cannot read fails all that came with it.
 */
@NullMarked
package io.ripen.channels.telegram;

import org.jspecify.annotations.NullMarked;
