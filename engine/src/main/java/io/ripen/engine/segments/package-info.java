/** What segments there are, as a marketer wrote them down. */
@NullMarked
package io.ripen.engine.segments;

import org.jspecify.annotations.NullMarked;
