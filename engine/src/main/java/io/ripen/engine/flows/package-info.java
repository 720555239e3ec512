/** Flows: check, deploy, and know which signals they wait for. */
@NullMarked
package io.ripen.engine.flows;

import org.jspecify.annotations.NullMarked;
