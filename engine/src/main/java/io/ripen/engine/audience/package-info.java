/** Keeps segments up to date, and leads their members into flows. */
@NullMarked
package io.ripen.engine.audience;

import org.jspecify.annotations.NullMarked;
