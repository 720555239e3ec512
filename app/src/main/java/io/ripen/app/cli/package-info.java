/** The commands of {@code ripen}. */
@NullMarked
package io.ripen.app.cli;

import org.jspecify.annotations.NullMarked;
