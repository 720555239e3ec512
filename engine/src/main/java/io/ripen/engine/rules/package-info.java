/** The files of rules that the engine reads itself: their versions, and the one that holds now. */
@NullMarked
package io.ripen.engine.rules;

import org.jspecify.annotations.NullMarked;
