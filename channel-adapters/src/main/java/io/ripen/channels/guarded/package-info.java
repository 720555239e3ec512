/** What a provider can bear, kept in front of any channel. */
@NullMarked
package io.ripen.channels.guarded;

import org.jspecify.annotations.NullMarked;
