/** What happened: the event, its JSON form on Kafka and the way to publish one. */
@NullMarked
package io.ripen.engine.events;

import org.jspecify.annotations.NullMarked;
