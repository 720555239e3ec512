/** What flows come to in a day, by what leads did lately. */
@NullMarked
package io.ripen.engine.estimates;

import org.jspecify.annotations.NullMarked;
