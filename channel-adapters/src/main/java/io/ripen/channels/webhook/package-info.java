/** Other systems as a channel: they are told of a touch by a signed request. */
@NullMarked
package io.ripen.channels.webhook;

import org.jspecify.annotations.NullMarked;
