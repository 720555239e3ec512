/**
 * Notifications to browsers by Web Push (RFC 8030), encrypted for the browser that gave its keys.
 * Encryption and signatures are com.interaso:webpush's, which leaves HTTP to us.
 */
@NullMarked
package io.ripen.channels.webpush;

import org.jspecify.annotations.NullMarked;
