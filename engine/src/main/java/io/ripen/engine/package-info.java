/** The marketing-automation domain, one package per feature. */
@NullMarked
package io.ripen.engine;

import org.jspecify.annotations.NullMarked;
