/** Text messages and WhatsApp by Twilio. */
@NullMarked
package io.ripen.channels.twilio;

import org.jspecify.annotations.NullMarked;
