/** The product as its users meet it: a browser, a mailbox, servers that die. */
@NullMarked
package io.ripen.e2e;

import org.jspecify.annotations.NullMarked;
