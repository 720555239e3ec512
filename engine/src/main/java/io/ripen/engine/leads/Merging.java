package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one lead of two. */
final class Merging {

  private Merging() {}

  /** The known one survives; of two, or none, the older. */
  static LeadState merge(Book book, LeadState one, LeadState other, Event event) {
    boolean oneSurvives = one.isKnown() == other.isKnown() ? isOlder(one, other) : one.isKnown();
    LeadState survivor = oneSurvives ? one : other;
    LeadState merged = oneSurvives ? other : one;
    ObjectNode before = JsonMapper.shared().createObjectNode();
    before.set("survivor", snapshot(survivor));
    before.set("merged", snapshot(merged));
    before.set("carts", carts(merged));
    Stage stage = survivor.stage;
    survivor.absorb(merged, book.decay());
    if (survivor.stage != stage) {
      Stage reached = survivor.stage;
      survivor.stage = stage;
      book.stage(
          survivor, reached, event, "turned out to be a lead who had come so far", DecidedBy.MERGE);
    }
    book.add(
        new Book.Merge(survivor, merged, event.occurredAt(), event.messageId(), before.toString()));
    return survivor;
  }

  /** The ids count up with time; when a lead was first seen may be told late. */
  private static boolean isOlder(LeadState one, LeadState other) {
    return one.id.compareTo(other.id) < 0;
  }

  private static ObjectNode snapshot(LeadState lead) {
    ObjectNode snapshot =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", lead.id.toString())
            .put("stage", lead.stage.name())
            .put("email", lead.email)
            .put("phone", lead.phone)
            .put("firstName", lead.firstName)
            .put("lastName", lead.lastName)
            .put("locale", lead.locale)
            .put("timeZone", lead.timeZone)
            .put("regionZone", lead.regionZone)
            .put("score", lead.points.score().points())
            .put("visits", lead.visits)
            .put("pageViews", lead.pageViews)
            .put("readingSeconds", lead.readingSeconds)
            .put("firstSeenAt", lead.firstSeenAt.toString())
            .put("lastSeenAt", lead.lastSeenAt.toString())
            .put("firstSourceAt", text(lead.firstSourceAt))
            .put("lastSourceAt", text(lead.lastSourceAt))
            .put("backAt", text(lead.backAt));
    snapshot.set("traits", lead.traits());
    snapshot.set("traitsAt", json(lead.traitsAt));
    snapshot.set("answers", Answers.parse(lead.answers));
    snapshot.set("firstSource", json(lead.firstSource));
    snapshot.set("lastSource", json(lead.lastSource));
    return snapshot;
  }

  private static ArrayNode carts(LeadState lead) {
    ArrayNode carts = JsonMapper.shared().createArrayNode();
    for (CartState cart : lead.carts) {
      carts
          .addObject()
          .put("id", cart.id.toString())
          .put("state", cart.state)
          .put("updatedAt", cart.updatedAt.toString())
          .set("items", JsonMapper.shared().valueToTree(cart.items));
    }
    return carts;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static JsonNode json(@Nullable String json) {
    return JsonMapper.shared().readTree(json == null ? "null" : json);
  }
}
