/** Popups and chats: what sites show to the visitor whom it is meant for, and what they write. */
@NullMarked
package io.ripen.engine.onsite;

import org.jspecify.annotations.NullMarked;
