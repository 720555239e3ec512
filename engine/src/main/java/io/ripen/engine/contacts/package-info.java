/** Addresses and numbers at which people are reached, and who somebody is that has only these. */
@NullMarked
package io.ripen.engine.contacts;

import org.jspecify.annotations.NullMarked;
