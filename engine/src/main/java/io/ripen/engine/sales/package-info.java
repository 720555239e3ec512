/** Leads handed over to people: who gets them, what comes of them, and the inbox's way to Zeebe. */
@NullMarked
package io.ripen.engine.sales;

import org.jspecify.annotations.NullMarked;
