/** Forgets what has become too old to be kept. */
@NullMarked
package io.ripen.engine.retention;

import org.jspecify.annotations.NullMarked;
