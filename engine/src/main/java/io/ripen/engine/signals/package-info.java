/** What events mean: signals by DMN, the outbox and its way to Zeebe. */
@NullMarked
package io.ripen.engine.signals;

import org.jspecify.annotations.NullMarked;
