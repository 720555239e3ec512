package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds out whose event it is, and sees when two leads are one person. */
final class Identify {

  private final Book book;

  Identify(Book book) {
    this.book = book;
  }

  /** What the rules found: whose event it is, and which lead was merged into it, if any. */
  record Found(LeadState lead, @Nullable LeadState merged) {}

  /**
   * The lead of the event, a new one if need be.
   *
   * <p>A browser that was used by nobody in particular and then by a user is that user's, and their
   * leads become one. A browser that was another user's is shared: from now on it is the new
   * user's, and the two stay apart. {@code alias} says itself that two ids are one person.
   */
  Found lead(Event event) {
    LeadState own = book.lead(event.leadId());
    if (own != null) {
      return new Found(own, null);
    }
    Identity user = event.userId() == null ? null : Identity.user(event.userId());
    Identity browser = event.anonymousId() == null ? null : Identity.anonymous(event.anonymousId());
    if (event.type().equals("alias") && event.previousId() != null) {
      return alias(event, user == null ? browser : user, event.previousId());
    }
    LeadState byUser = book.lead(user);
    LeadState byBrowser = book.lead(browser);
    Instant at = event.occurredAt();
    if (user == null) {
      LeadState lead = byBrowser == null ? book.newLead(at) : byBrowser;
      book.assign(browser, lead);
      return new Found(lead, null);
    }
    if (byUser == null) {
      boolean isFree = byBrowser != null && !byBrowser.isUser;
      LeadState lead = isFree && byBrowser != null ? byBrowser : book.newLead(at);
      book.assign(user, lead);
      book.assign(browser, lead);
      return new Found(lead, null);
    }
    if (byBrowser == null || byBrowser == byUser || byBrowser.isUser) {
      book.assign(browser, byUser);
      return new Found(byUser, null);
    }
    return merge(byUser, byBrowser, event.messageId());
  }

  private Found alias(Event event, @Nullable Identity identity, String previousId) {
    LeadState now = book.lead(identity);
    LeadState before = book.lead(Identity.user(previousId));
    if (before == null) {
      before = book.lead(Identity.anonymous(previousId));
    }
    if (now != null && before != null && now != before) {
      return merge(now, before, event.messageId());
    }
    LeadState lead = now != null ? now : before;
    if (lead == null) {
      lead = book.newLead(event.occurredAt());
    }
    book.assign(identity, lead);
    if (before == null) {
      book.assign(Identity.anonymous(previousId), lead);
    }
    return new Found(lead, null);
  }

  /** The known one survives; of two, or none, the older. */
  private Found merge(LeadState one, LeadState other, String messageId) {
    boolean oneIsKnown = one.isUser || one.isKnown();
    boolean otherIsKnown = other.isUser || other.isKnown();
    boolean oneSurvives =
        oneIsKnown == otherIsKnown ? !one.firstSeenAt.isAfter(other.firstSeenAt) : oneIsKnown;
    LeadState survivor = oneSurvives ? one : other;
    LeadState merged = oneSurvives ? other : one;
    var before = JsonMapper.shared().createObjectNode();
    before.set("survivor", snapshot(survivor));
    before.set("merged", snapshot(merged));
    survivor.absorb(merged);
    book.merged(new Book.Merge(survivor, merged, messageId, before.toString()));
    return new Found(survivor, merged);
  }

  private static ObjectNode snapshot(LeadState lead) {
    ObjectNode snapshot = JsonMapper.shared().createObjectNode();
    snapshot
        .put("id", lead.id.toString())
        .put("stage", lead.stage)
        .put("email", lead.email)
        .put("phone", lead.phone)
        .put("firstName", lead.firstName)
        .put("lastName", lead.lastName)
        .put("locale", lead.locale)
        .put("timeZone", lead.timeZone)
        .put("visits", lead.visits)
        .put("pageViews", lead.pageViews)
        .put("firstSeenAt", lead.firstSeenAt.toString())
        .put("lastSeenAt", lead.lastSeenAt.toString())
        .put("firstSource", lead.firstSource)
        .put("lastSource", lead.lastSource);
    snapshot.set("traits", lead.traits.deepCopy());
    return snapshot;
  }
}
