package io.ripen.engine.providers;

import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;

/**
 * One messenger that is set up.
 *
 * @param scheme what its addresses begin with, without the colon
 */
record Messenger(String scheme, Channel<ShortMessage> channel) {}
