/**
 * The demo shop of the local server: a customer's site that knows nothing of Ripen but its script.
 */
@NullMarked
package io.ripen.app.shop;

import org.jspecify.annotations.NullMarked;
