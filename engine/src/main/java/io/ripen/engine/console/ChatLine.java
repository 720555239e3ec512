package io.ripen.engine.console;

import io.ripen.engine.onsite.Chat;
import io.ripen.engine.onsite.OnSiteMessage;
import java.util.UUID;

/**
 * A chat in the list.
 *
 * @param name of the lead, as well as we know it
 */
record ChatLine(UUID lead, String name, String stage, String badge, Chat chat) {

  static ChatLine of(Chat chat) {
    return new ChatLine(
        chat.lead(),
        LeadName.of(chat.firstName(), chat.lastName(), chat.email(), chat.lead()),
        chat.stage(),
        LeadName.badge(chat.stage()),
        chat);
  }

  public OnSiteMessage last() {
    return chat.last();
  }

  public boolean waits() {
    return chat.isWaiting();
  }

  public Moment when() {
    return Moment.of(chat.last().createdAt());
  }
}
