/**
 * The small API that every channel stands behind: send a message out, know what became of it, hear
 * what comes back.
 */
@NullMarked
package io.ripen.channels;

import org.jspecify.annotations.NullMarked;
