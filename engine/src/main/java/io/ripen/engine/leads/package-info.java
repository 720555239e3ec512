/** Leads: identity, visits, carts, orders, and the facts that conditions and templates read. */
@NullMarked
package io.ripen.engine.leads;

import org.jspecify.annotations.NullMarked;
