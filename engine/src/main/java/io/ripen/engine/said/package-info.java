/** Which word counts of those that people said, the same for all who ask. */
@NullMarked
package io.ripen.engine.said;

import org.jspecify.annotations.NullMarked;
