/** The story of an abandoned cart, played against a server that runs. */
@NullMarked
package io.ripen.app.demo;

import org.jspecify.annotations.NullMarked;
