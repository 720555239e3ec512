/** The providers that are set up here: how messages go out by them, and how we hear from them. */
@NullMarked
package io.ripen.engine.providers;

import org.jspecify.annotations.NullMarked;
