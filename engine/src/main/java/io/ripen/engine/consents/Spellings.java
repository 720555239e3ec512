package io.ripen.engine.consents;

import io.ripen.engine.privacy.KeyedHash;
import java.util.Locale;

/** How addresses stand in the table {@code suppression}. */
record Spellings(KeyedHash hash) {

  /** As it is kept, and as it is of somebody who was erased. */
  String[] of(String channel, String address) {
    String normal = normal(address);
    return new String[] {normal, hash.ofAddress(channel, normal)};
  }

  static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
