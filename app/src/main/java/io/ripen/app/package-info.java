/** The ripen command. */
@NullMarked
package io.ripen.app;

import org.jspecify.annotations.NullMarked;
