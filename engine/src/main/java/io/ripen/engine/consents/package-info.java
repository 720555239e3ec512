/** What a person allowed, with proof, and how they take it back. */
@NullMarked
package io.ripen.engine.consents;

import org.jspecify.annotations.NullMarked;
