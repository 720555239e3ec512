/** What comes in by channels: reports of providers, and what people write back. */
@NullMarked
package io.ripen.engine.inbound;

import org.jspecify.annotations.NullMarked;
