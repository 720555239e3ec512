/** The read model of running flows, fed by Zeebe's export stream. */
@NullMarked
package io.ripen.engine.monitoring;

import org.jspecify.annotations.NullMarked;
