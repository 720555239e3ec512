/** A running engine as commands see it, over HTTP. */
@NullMarked
package io.ripen.app.remote;

import org.jspecify.annotations.NullMarked;
