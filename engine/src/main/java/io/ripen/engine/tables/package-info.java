/** Decision tables (DMN) over facts, as marketers draw them: read and checked once, asked often. */
@NullMarked
package io.ripen.engine.tables;

import org.jspecify.annotations.NullMarked;
