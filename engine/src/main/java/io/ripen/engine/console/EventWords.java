package io.ripen.engine.console;

import static java.util.stream.Collectors.joining;

import io.ripen.engine.console.Words.Said;
import io.ripen.engine.sales.Disqualification;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.sales.Question;
import io.ripen.engine.sales.RecordOutcome;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Events in plain words; those of the Segment spec and of Ripen have words of their own. */
final class EventWords {

  static final String FORM_SUBMITTED = "Form Submitted";
  static final String MESSAGE_REPLIED = "Message Replied";
  static final String MESSAGE_RECEIVED = "Chat Message Received";

  private static final Set<String> ABOUT_FORMS = Set.of("form", "version", "name", "id", "url");

  /** A picture, say: it is where the message came in. */
  private static final String WORDLESS = "(no words)";

  private EventWords() {}

  static Said of(JsonNode data) {
    JsonNode properties = data.path("properties");
    JsonNode page = data.path("context").path("page");
    return switch (Json.text(data, "type")) {
      case "page" -> page(data, properties, page);
      case "screen" -> new Said("Opened screen " + named(data, "of the app"), "");
      case "identify" ->
          new Said(
              "Told who they are",
              Words.join(
                  Json.text(properties, "email"),
                  Json.text(properties, "name", "firstName", "first_name"),
                  Json.text(properties, "phone")));
      case "alias" -> new Said("Got another id", "");
      case "group" -> new Said("Joined a company", Json.text(properties, "name"));
      default -> track(Json.text(data, "name"), properties, page);
    };
  }

  /** What somebody wrote to us, whole; empty where a form asked for no words. */
  static String written(JsonNode data) {
    JsonNode properties = data.path("properties");
    return switch (Json.text(data, "name")) {
      case FORM_SUBMITTED -> entered(properties);
      case MESSAGE_REPLIED, MESSAGE_RECEIVED -> first(Json.words(properties, "text"), WORDLESS);
      default -> "";
    };
  }

  private static Said page(JsonNode data, JsonNode properties, JsonNode page) {
    String url = first(Json.text(properties, "url"), Json.text(page, "url"));
    String path = first(Json.text(properties, "path"), Json.text(page, "path"));
    String title =
        first(
            Json.text(properties, "title"),
            Json.text(page, "title"),
            Json.text(data, "name"),
            path,
            "a page");
    String referrer = first(Json.text(properties, "referrer"), Json.text(page, "referrer"));
    return new Said(
        "Visited " + title, Words.join(url, referrer.isEmpty() ? "" : "from " + referrer));
  }

  private static Said track(String name, JsonNode it, JsonNode page) {
    String product = first(Json.text(it, "name", "product", "sku", "product_id"), "a product");
    String price = Json.money(Json.number(it, "price"), Json.text(it, "currency"));
    String url = Json.text(page, "url", "path");
    return switch (name) {
      case "Product Viewed" -> new Said("Looked at " + product, price);
      case "Product Added" -> new Said("Added " + times(it) + product + " to cart", price);
      case "Product Removed" -> new Said("Took " + times(it) + product + " out of cart", price);
      case "Product Added to Wishlist" -> new Said("Put " + product + " on the wish list", price);
      case "Cart Viewed" -> new Said("Looked at the cart", products(it));
      case "Checkout Started" ->
          new Said("Began to check out", Words.join(total(it), products(it)));
      case "Order Completed" ->
          new Said("Ordered" + order(it), Words.join(total(it), products(it)));
      case "Order Cancelled" -> new Said("Cancelled" + order(it), total(it));
      case "Signed Up" -> new Said("Signed up", "");
      case "Page Read" -> new Said("Read a page to the end", url);
      case "Page Dwelled" -> new Said("Stayed on a page for " + seconds(it), url);
      case "Exit Intended" -> new Said("Was about to leave", url);
      case "Element Clicked" ->
          new Said("Clicked " + first(Json.text(it, "text", "name", "id"), "something"), url);
      case "Form Started" -> new Said("Began the form " + Json.text(it, "form", "name", "id"), url);
      case "Form Abandoned" ->
          new Said(
              "Left the form " + Json.text(it, "form", "name", "id") + " unsent",
              Words.join(last(it), url));
      case "Registration Started" -> new Said("Began to sign up", Json.text(it, "url"));
      case FORM_SUBMITTED ->
          new Said(
              "Sent the form " + Json.text(it, "form", "name", "id"), Words.join(entered(it), url));
      case MESSAGE_REPLIED -> new Said(("Answered " + way(it)).strip(), Json.words(it, "text"));
      case MESSAGE_RECEIVED -> new Said(("Wrote " + way(it)).strip(), Json.words(it, "text"));
      case "Help Asked" -> new Said("Asked " + way(it) + " who writes", Json.words(it, "text"));
      case RecordOutcome.QUESTION_ANSWERED ->
          new Said(
              Question.inWords(Json.text(it, "question"), Json.text(it, "answer")),
              by("answered", it));
      case "Subscription Requested" -> new Said("Asked for the newsletter", url);
      case "Text Messages Requested" -> new Said("Asked for text messages", url);
      case "Lead Magnet Requested" -> new Said("Asked for " + Json.text(it, "magnet"), url);
      case "Contact Requested" -> new Said("Asked for an answer", url);
      case "Lead Magnet Downloaded" -> new Said("Downloaded " + Json.text(it, "magnet"), "");
      case "Stage Changed" ->
          new Said(
              "Decided: " + Json.text(it, "to"),
              Words.join(Json.text(it, "reason"), Json.text(it, "by")));
      case "Points Added" ->
          new Said(
              "Points: " + Json.plain(Json.number(it, "points")),
              Words.join(Json.text(it, "reason"), Json.text(it, "by")));
      case "Segment Entered" ->
          new Said("Came into the segment " + Json.text(it, "segment"), by("put there", it));
      case "Segment Left" ->
          new Said("Left the segment " + Json.text(it, "segment"), by("taken out", it));
      case "Lead Imported" -> new Said("Imported from " + Json.text(it, "import"), line(it));
      case "Consent Granted" -> new Said(consent(it), Json.text(it, "wording"));
      case "Consent Withdrawn" -> new Said("Withdrew consent", Json.text(it, "wording"));
      case "Message Clicked" ->
          it.has("form")
              ? new Said("Sent the form " + Json.text(it, "form") + " in a " + sentBy(it), "")
              : new Said("Clicked a link in an " + sentBy(it), Json.text(it, "url", "link"));
      case "Message Unsubscribed" -> new Said("Unsubscribed by the link in an " + sentBy(it), "");
      case RecordOutcome.OUTCOME_RECORDED -> new Said("Sales: " + outcome(it), by("recorded", it));
      case "" -> new Said("Did something without a name", url);
      default -> new Said(name, url);
    };
  }

  private static String consent(JsonNode it) {
    if (it.has("notCounted")) {
      return "Gave consent, and an address that cannot be read: it does not count";
    }
    if (it.has("import")) {
      return "Consent told by the import of " + Json.text(it, "import");
    }
    return it.has("touch") ? "Confirmed that they want messages" : "Gave consent on the site";
  }

  private static String way(JsonNode it) {
    String channel = Json.text(it, "channel");
    return switch (channel) {
      case "" -> "";
      case "chat" -> "in the chat";
      default -> "by " + Words.channel(channel);
    };
  }

  /** What somebody filled into a form, but for who they are. */
  private static String entered(JsonNode it) {
    return it.propertyNames().stream()
        .filter(field -> !ABOUT_FORMS.contains(field))
        .map(field -> Map.entry(field, Json.words(it, field)))
        .filter(filled -> !filled.getValue().isEmpty())
        .map(filled -> filled.getKey() + ": " + filled.getValue())
        .collect(joining(" · "));
  }

  private static String outcome(JsonNode it) {
    String word = Json.text(it, "outcome");
    String reason = Json.text(it, "reason");
    return Words.join(
        Outcome.named(word).map(Outcome::label).orElse(word),
        Disqualification.named(reason).map(Disqualification::label).orElse(reason));
  }

  private static String by(String what, JsonNode it) {
    String name = Json.text(it, "by");
    return name.isEmpty() ? "" : what + " by " + name;
  }

  private static String sentBy(JsonNode it) {
    String flow = Json.text(it, "flow");
    String channel = Words.channel(first(Json.text(it, "channel"), "email"));
    return flow.isEmpty() ? channel : channel + " of flow " + flow;
  }

  private static String named(JsonNode data, String otherwise) {
    return first(Json.text(data, "name"), otherwise);
  }

  private static String times(JsonNode it) {
    String quantity = Json.plain(Json.number(it, "quantity"));
    return quantity.isEmpty() || quantity.equals("1") ? "" : quantity + " × ";
  }

  private static String seconds(JsonNode it) {
    String seconds = Json.plain(Json.number(it, "seconds"));
    return seconds.isEmpty() ? "long" : seconds + " s";
  }

  private static String line(JsonNode it) {
    String line = Json.plain(Json.number(it, "line"));
    return line.isEmpty() ? "" : "line " + line;
  }

  private static String last(JsonNode it) {
    String field = Json.text(it, "lastField");
    return field.isEmpty() ? "" : "last at " + field;
  }

  private static String order(JsonNode it) {
    String id = Json.text(it, "order_id", "orderId");
    return id.isEmpty() ? "" : " (order " + id + ")";
  }

  private static String total(JsonNode it) {
    return Json.money(Json.number(it, "total", "revenue", "value"), Json.text(it, "currency"));
  }

  private static String products(JsonNode it) {
    StringBuilder names = new StringBuilder();
    for (JsonNode product : it.path("products")) {
      String name = Json.text(product, "name", "sku", "product_id");
      names.append(names.isEmpty() || name.isEmpty() ? "" : ", ").append(name);
    }
    return Json.clip(names.toString());
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
