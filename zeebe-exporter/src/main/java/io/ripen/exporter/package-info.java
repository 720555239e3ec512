/** Sends what Ripen reads of Zeebe's record stream to Kafka. */
@NullMarked
package io.ripen.exporter;

import org.jspecify.annotations.NullMarked;
