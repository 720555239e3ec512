/** Whose word counts about who a request comes from. */
@NullMarked
package io.ripen.engine.proxies;

import org.jspecify.annotations.NullMarked;
