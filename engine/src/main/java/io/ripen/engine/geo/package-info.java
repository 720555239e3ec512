/** Where in the world addresses of the Internet are. */
@NullMarked
package io.ripen.engine.geo;

import org.jspecify.annotations.NullMarked;
