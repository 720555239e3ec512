/** The messengers that are set up here: how they send, and how we hear what people write there. */
@NullMarked
package io.ripen.engine.messengers;

import org.jspecify.annotations.NullMarked;
