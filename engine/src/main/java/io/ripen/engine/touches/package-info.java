/** One message to one lead: the gate that allows it and the ledger that keeps it to one. */
@NullMarked
package io.ripen.engine.touches;

import org.jspecify.annotations.NullMarked;
