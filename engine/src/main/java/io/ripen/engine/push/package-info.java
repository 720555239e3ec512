/** Notifications: the browsers that take them, and the channel to all browsers of a lead. */
@NullMarked
package io.ripen.engine.push;

import org.jspecify.annotations.NullMarked;
