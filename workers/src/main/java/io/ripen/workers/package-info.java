/** Job workers, one class for one job type, that only translate. */
@NullMarked
package io.ripen.workers;

import org.jspecify.annotations.NullMarked;
