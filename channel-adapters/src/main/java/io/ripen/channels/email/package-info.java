/** E-mail by SMTP. */
@NullMarked
package io.ripen.channels.email;

import org.jspecify.annotations.NullMarked;
