/** Points for what people do, and how warm that makes them. */
@NullMarked
package io.ripen.engine.scoring;

import org.jspecify.annotations.NullMarked;
