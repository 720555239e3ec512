package io.ripen.channels.email;

import org.jspecify.annotations.Nullable;

/**
 * Who our e-mail comes from.
 *
 * @param address the From address
 * @param name the name to show beside it
 * @param replyTo where replies go, if not to the From address
 */
public record Sender(String address, @Nullable String name, @Nullable String replyTo) {

  public Sender {
    Addresses.required("From address", address);
    if (replyTo != null) {
      Addresses.required("Reply-To address", replyTo);
    }
  }
}
