package io.ripen.engine.privacy;

/** Which channel an address is for, by how it looks. */
final class Contact {

  private Contact() {}

  static boolean isFor(String channel, String contact) {
    return switch (channel) {
      case "email" -> contact.contains("@");
      case "sms" -> !contact.contains("@") && !contact.contains(":");
      case "messenger" -> contact.contains(":");
      default -> false;
    };
  }
}
