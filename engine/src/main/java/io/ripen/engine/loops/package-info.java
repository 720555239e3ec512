/** What the server does by itself for as long as it runs. */
@NullMarked
package io.ripen.engine.loops;

import org.jspecify.annotations.NullMarked;
