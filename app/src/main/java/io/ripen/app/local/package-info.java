/** The local server: real Zeebe, Kafka and PostgreSQL as child processes, started and stopped. */
@NullMarked
package io.ripen.app.local;

import org.jspecify.annotations.NullMarked;
