/** Brings leads from CSV files to the door of a running engine. */
@NullMarked
package io.ripen.app.imports;

import org.jspecify.annotations.NullMarked;
