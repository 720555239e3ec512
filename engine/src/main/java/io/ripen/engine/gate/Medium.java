package io.ripen.engine.gate;

import io.ripen.engine.leads.Facts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A channel as the gate sees it: what it needs to reach somebody. */
public enum Medium {
  /** By their e-mail address. */
  EMAIL("e-mails", "The lead has no e-mail address."),
  /** By their telephone number. */
  SMS("text messages", "The lead has no telephone number."),
  /** By the contact that they opened in a messenger. */
  MESSENGER("messages in messengers", "The lead has not opened a messenger to us."),
  /** While they are on the site. */
  CHAT("chat messages", "The lead is not on the site now."),
  /** While they are on the site. */
  POPUP("popups", "The lead is not on the site now."),
  /** By the subscriptions that their browsers gave. */
  PUSH("push notifications", "The lead's browser takes no notifications from us.");

  private final String plural;
  private final String unreachable;

  Medium(String plural, String unreachable) {
    this.plural = plural;
    this.unreachable = unreachable;
  }

  /** The channel of this name, or null. */
  public static @Nullable Medium named(String name) {
    for (Medium medium : values()) {
      if (medium.lower().equals(name)) {
        return medium;
      }
    }
    return null;
  }

  /** The channel's name in flows, consents and reports, for example {@code email}. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is shown to who is there anyway, so that it takes a no to forbid it, and no yes. */
  boolean isOnSite() {
    return this == CHAT || this == POPUP;
  }

  /** Where the lead is reached, or null. */
  public @Nullable String address(Facts facts) {
    Facts.Person person = facts.person();
    String address =
        switch (this) {
          case EMAIL -> person.email();
          case SMS -> person.phone();
          case MESSENGER -> person.messenger();
          case PUSH -> person.push();
          case CHAT, POPUP -> person.onSite() ? facts.leadId().toString() : null;
        };
    return address == null || address.isBlank() ? null : address;
  }

  /** What it sends, in words. */
  String plural() {
    return plural;
  }

  /** Why there is no address, as a sentence. */
  String unreachable() {
    return unreachable;
  }
}
