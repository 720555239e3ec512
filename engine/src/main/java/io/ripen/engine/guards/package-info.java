/** What providers can bear, kept in front of all channels, and what comes of their messages. */
@NullMarked
package io.ripen.engine.guards;

import org.jspecify.annotations.NullMarked;
