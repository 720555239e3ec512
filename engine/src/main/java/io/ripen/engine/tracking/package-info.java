/** The door for events: the Segment HTTP API and the tracker script. */
@NullMarked
package io.ripen.engine.tracking;

import org.jspecify.annotations.NullMarked;
