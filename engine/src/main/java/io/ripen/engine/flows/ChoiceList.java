package io.ripen.engine.flows;

import java.util.Map;
import java.util.Optional;

/** What drop-downs of the palette list of the folder with the flows. */
enum ChoiceList {
  EMAILS("e-mails"),
  SHORT_MESSAGES("short messages"),
  SITE_FORMS("forms for sites"),
  TASK_FORMS("forms of tasks"),
  FLOWS("flows"),
  DECISIONS("decisions"),
  QUESTIONS("questions"),
  LISTS("lists"),
  SEGMENTS_ENTERED("segments to come into"),
  SEGMENTS_LEFT("segments to drop out of"),
  STARTING_SIGNALS("signals to start by"),
  LEAD_SIGNALS("signals of a lead"),
  CART_SIGNALS("signals of a cart"),
  ORDER_SIGNALS("signals of an order");

  /** By template and field; whatever version, since these name the same thing in each. */
  private static final Map<String, ChoiceList> BY_FIELD =
      Map.ofEntries(
          Map.entry("io.ripen.send email", EMAILS),
          Map.entry("io.ripen.send short", SHORT_MESSAGES),
          Map.entry("io.ripen.send form", SITE_FORMS),
          Map.entry("io.ripen.send-email message", EMAILS),
          Map.entry("io.ripen.send-sms message", SHORT_MESSAGES),
          Map.entry("io.ripen.send-messenger message", SHORT_MESSAGES),
          Map.entry("io.ripen.send-chat message", SHORT_MESSAGES),
          Map.entry("io.ripen.send-push message", SHORT_MESSAGES),
          Map.entry("io.ripen.send-best message", SHORT_MESSAGES),
          Map.entry("io.ripen.show-popup message", SHORT_MESSAGES),
          Map.entry("io.ripen.show-popup form", SITE_FORMS),
          Map.entry("io.ripen.person-task formId", TASK_FORMS),
          Map.entry("io.ripen.sales-task formId", TASK_FORMS),
          Map.entry("io.ripen.start-flow flow", FLOWS),
          Map.entry("io.ripen.decide decisionId", DECISIONS),
          Map.entry("io.ripen.answer.catch correlationKey", QUESTIONS),
          Map.entry("io.ripen.answer.exit correlationKey", QUESTIONS),
          Map.entry("io.ripen.join-segment segment", LISTS),
          Map.entry("io.ripen.leave-segment segment", LISTS),
          Map.entry("io.ripen.segment-entered.start segment", SEGMENTS_ENTERED),
          Map.entry("io.ripen.segment-left.exit segment", SEGMENTS_LEFT),
          Map.entry("io.ripen.signal.start signal", STARTING_SIGNALS),
          Map.entry("io.ripen.signal.catch leadSignal", LEAD_SIGNALS),
          Map.entry("io.ripen.signal.catch cartSignal", CART_SIGNALS),
          Map.entry("io.ripen.signal.catch orderSignal", ORDER_SIGNALS),
          Map.entry("io.ripen.signal.exit leadSignal", LEAD_SIGNALS),
          Map.entry("io.ripen.signal.exit cartSignal", CART_SIGNALS),
          Map.entry("io.ripen.signal.exit orderSignal", ORDER_SIGNALS));

  private final String plural;

  ChoiceList(String plural) {
    this.plural = plural;
  }

  /**
   * What a field lists.
   *
   * @return empty where it lists nothing of the folder
   */
  static Optional<ChoiceList> of(String template, String field) {
    return Optional.ofNullable(BY_FIELD.get(template + " " + field));
  }

  /** What it lists, in words. */
  String plural() {
    return plural;
  }
}
