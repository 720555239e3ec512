/** The pages that people look at. */
@NullMarked
package io.ripen.engine.console;

import org.jspecify.annotations.NullMarked;
