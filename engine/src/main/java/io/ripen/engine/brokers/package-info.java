/** What Zeebe's brokers are asked by their management address. */
@NullMarked
package io.ripen.engine.brokers;

import org.jspecify.annotations.NullMarked;
