/** PostgreSQL, Kafka and Zeebe put away as of one moment, and brought back. */
@NullMarked
package io.ripen.engine.backup;

import org.jspecify.annotations.NullMarked;
