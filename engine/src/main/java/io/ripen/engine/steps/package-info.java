/** What flows do besides sending: let leads in, look at facts, tell others. */
@NullMarked
package io.ripen.engine.steps;

import org.jspecify.annotations.NullMarked;
