/** Text messages, WhatsApp and Facebook Messenger by Twilio. */
@NullMarked
package io.ripen.channels.twilio;

import org.jspecify.annotations.NullMarked;
