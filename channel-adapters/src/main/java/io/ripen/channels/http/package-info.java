/** Requests to providers that speak HTTP, with the promises of a channel. */
@NullMarked
package io.ripen.channels.http;

import org.jspecify.annotations.NullMarked;
