/** Signed links in messages: what they carry, and what comes back when somebody follows one. */
@NullMarked
package io.ripen.engine.links;

import org.jspecify.annotations.NullMarked;
