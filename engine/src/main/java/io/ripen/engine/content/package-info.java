/** Messages in Liquid and MJML, rendered. */
@NullMarked
package io.ripen.engine.content;

import org.jspecify.annotations.NullMarked;
