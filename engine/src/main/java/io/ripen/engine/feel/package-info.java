/** FEEL, the one language of conditions. */
@NullMarked
package io.ripen.engine.feel;

import org.jspecify.annotations.NullMarked;
