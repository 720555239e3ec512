/** The local server's mailbox: an SMTP server that keeps what it gets, and pages that show it. */
@NullMarked
package io.ripen.app.mailbox;

import org.jspecify.annotations.NullMarked;
