/** Other systems as a channel: they are told of something by a signed request. */
@NullMarked
package io.ripen.channels.webhook;

import org.jspecify.annotations.NullMarked;
