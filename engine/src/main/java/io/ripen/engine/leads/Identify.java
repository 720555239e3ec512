package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out whose event it is, and sees when two leads are one person. */
final class Identify {

  private final Book book;

  Identify(Book book) {
    this.book = book;
  }

  /**
   * The lead of the event, a new one if need be.
   *
   * <p>A browser that was used by nobody in particular and then by a user is that user's, and their
   * leads become one. A browser that was another person's, one with another user id or e-mail
   * address, is shared: from now on it is the new user's, and the two stay apart. {@code alias}
   * says itself that two ids are one person.
   *
   * @throws InvalidEvent when the event names a lead that does not exist
   */
  LeadState lead(Event event) throws InvalidEvent {
    if (event.leadId() != null) {
      LeadState named = book.lead(event.leadId());
      if (named == null) {
        throw new InvalidEvent(
            "%s: \"leadId\" is %s (expected: the id of a lead)"
                .formatted(event.type(), event.leadId()));
      }
      return event.anonymousId() == null
          ? named
          : claim(named, Identity.anonymous(event.anonymousId()), event);
    }
    if (event.previousId() != null) {
      alias(event, Identity.user(Objects.requireNonNull(event.userId())), event.previousId());
    }
    Identity browser = event.anonymousId() == null ? null : Identity.anonymous(event.anonymousId());
    return event.userId() == null
        ? visitor(Objects.requireNonNull(browser), event.occurredAt())
        : user(Identity.user(event.userId()), browser, event);
  }

  /** We know that this contact is the lead's, and nobody else says so. */
  private LeadState claim(LeadState lead, Identity contact, Event event) {
    Owner owner = book.owner(contact);
    if (owner != null && owner.lead() != lead) {
      LeadState other = owner.lead();
      if (!other.isUser && !other.hasOtherAddressThan(lead)) {
        return Merging.merge(book, lead, other, event);
      }
    }
    use(contact, lead, event.occurredAt());
    return lead;
  }

  private LeadState visitor(Identity browser, Instant at) {
    Owner owner = book.owner(browser);
    if (owner != null) {
      return owner.lead();
    }
    LeadState lead = book.newLead(at);
    book.assign(browser, lead, at);
    return lead;
  }

  private LeadState user(Identity user, @Nullable Identity browser, Event event) {
    Instant at = event.occurredAt();
    Owner byUser = book.owner(user);
    Owner byBrowser = book.owner(browser);
    if (byUser == null) {
      boolean isFree = byBrowser != null && !byBrowser.lead().isUser;
      LeadState lead = byBrowser != null && isFree ? byBrowser.lead() : book.newLead(at);
      book.assign(user, lead, at);
      use(browser, lead, at);
      return lead;
    }
    LeadState lead = byUser.lead();
    if (byBrowser != null && byBrowser.lead() != lead) {
      LeadState visitor = byBrowser.lead();
      if (!visitor.isUser && !visitor.hasOtherAddressThan(lead)) {
        return Merging.merge(book, lead, visitor, event);
      }
    }
    use(browser, lead, at);
    return lead;
  }

  /** From the event on, the browser is this lead's; what a late event tells is history by then. */
  private void use(@Nullable Identity browser, LeadState lead, Instant at) {
    if (browser == null) {
      return;
    }
    Owner owner = book.owner(browser);
    if (owner == null) {
      book.assign(browser, lead, at);
    } else if (owner.lead() != lead && !at.isBefore(owner.since)) {
      owner.moveTo(lead, at);
    }
  }

  /**
   * The former id may be a user's, a browser's, or both: what is done by it may come in later than
   * the alias does. The one that is known comes first.
   */
  private void alias(Event event, Identity user, String previousId) {
    Identity asUser = Identity.user(previousId);
    Identity asBrowser = Identity.anonymous(previousId);
    boolean isUser = book.owner(asUser) != null;
    join(user, isUser ? asUser : asBrowser, event);
    join(user, isUser ? asBrowser : asUser, event);
  }

  private void join(Identity user, Identity former, Event event) {
    Instant at = event.occurredAt();
    Owner now = book.owner(user);
    Owner before = book.owner(former);
    if (before == null) {
      LeadState lead = now == null ? book.newLead(at) : now.lead();
      book.assign(former, lead, at);
      if (now == null) {
        book.assign(user, lead, at);
      }
    } else if (now == null) {
      book.assign(user, before.lead(), at);
    } else if (now.lead() != before.lead()) {
      Merging.merge(book, now.lead(), before.lead(), event);
    }
  }
}
