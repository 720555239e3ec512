package io.ripen.engine.push;

import io.ripen.channels.webpush.InvalidSubscription;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.channels.webpush.Subscription;

/** Subscriptions that could be a browser's. */
final class Browsers {

  private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";

  private Browsers() {}

  static String endpoint(String device) {
    return "https://fcm.googleapis.com/fcm/send/" + device;
  }

  static Subscription subscription(String device) {
    try {
      return Subscription.of(endpoint(device), key(), AUTH);
    } catch (InvalidSubscription e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code PushSubscription.toJSON()} makes it. */
  static String json(String endpoint) {
    return """
        {"endpoint": "%s", "expirationTime": null, "keys": {"p256dh": "%s", "auth": "%s"}}"""
        .formatted(endpoint, key(), AUTH);
  }

  private static String key() {
    return PushKeys.generate("https://shop.example").publicKey();
  }
}
