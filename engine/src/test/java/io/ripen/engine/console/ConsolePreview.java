package io.ripen.engine.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console with plausible data on a free port, to be looked at by its developers. */
final class ConsolePreview {

  private ConsolePreview() {}

  /** Prints the port; ends on Ctrl-C. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(ConsoleApplication.class);
    application.setAdditionalProfiles("engine", "local");
    var context =
        application.run(
            "--server.port=0", "--server.address=127.0.0.1", "--camunda.client.enabled=false");
    Story story = new Story(context.getBean(JdbcClient.class), Instant.now());
    seed(story);
    splits(story);
    System.out.println("PORT " + context.getEnvironment().getProperty("local.server.port"));
  }

  static UUID seed(Story story) {
    flow(story);
    for (int i = 0; i < 55; i++) {
      story.lead("VISITOR", null, null, null, Duration.ofHours(30 + i));
    }
    story.lead("MQL", "ivan.petrov@example.com", "Иван", "Петров", Duration.ofHours(20));
    UUID sam = story.lead("NO_NEED", "sam@example.org", "Sam", null, Duration.ofHours(15));
    story.stage(sam, "VISITOR", "LEAD", "left a way to reach them", Duration.ofHours(40));
    story.stage(sam, "LEAD", "SALES", "accepted by sales", Duration.ofHours(20));
    story.stage(sam, "SALES", "NO_NEED", "sales: no need", "olga", Duration.ofHours(15));
    UUID eva =
        story.lead("CUSTOMER", "eva.kovacs@example.hu", "Éva", "Kovács", Duration.ofHours(3));
    story.order(eva, "KK-1042", "86.00", Duration.ofHours(3));
    UUID before = story.lead("VISITOR", null, null, null, Duration.ofHours(60));
    UUID anna = story.lead("LEAD", "anna.nagy@example.hu", "Anna", "Nagy", Duration.ofMinutes(4));
    story.event(
        before, "page", "", "{\"title\":\"Slow mornings, good tea\"}", Duration.ofHours(61));
    story.event(before, "track", "Product Viewed", mug(1), Duration.ofHours(60));
    story.merge(anna, before, Duration.ofHours(27));
    annasDay(story, anna);
    return anna;
  }

  private static void annasDay(Story story, UUID anna) {
    Duration start = Duration.ofHours(28);
    story.event(anna, "page", "", "{\"referrer\":\"https://www.google.com/\"}", start);
    story.event(anna, "track", "Product Viewed", mug(1), start.minusMinutes(1));
    story.event(anna, "track", "Product Added", mug(2), start.minusMinutes(2));
    story.signal(anna, "cart.updated", "sent", null, start.minusMinutes(2));
    story.event(
        anna, "identify", "", "{\"email\":\"anna.nagy@example.hu\"}", start.minusMinutes(4));
    story.stage(
        anna, "VISITOR", "LEAD", "left a name and an e-mail address", start.minusMinutes(4));
    story.consent(anna, true, "Yes, send me news and offers by e-mail", start.minusMinutes(4));
    story.event(anna, "track", "Exit Intended", "{}", start.minusMinutes(6));
    long first =
        story.touch(
            anna, "reminder", "serviceTask_sendReminder", "accepted", null, Duration.ofHours(27));
    story.decision(
        anna, first, "allow", "allowed", "Nothing stands in the way.", Duration.ofHours(27));
    story.event(
        anna,
        "track",
        "Message Clicked",
        "{\"flow\":\"abandoned-cart\",\"channel\":\"email\",\"url\":\"http://127.0.0.1:8090/shop#cart\"}",
        Duration.ofHours(26));
    story.consent(anna, false, "one-click", Duration.ofHours(5));
    String why = "Anna Nagy took back the consent to marketing by e-mail 2 hours ago.";
    long second =
        story.touch(
            anna,
            "last-reminder",
            "serviceTask_sendLastReminder",
            "denied",
            why,
            Duration.ofHours(3));
    story.decision(anna, second, "deny", "no-consent", why, Duration.ofHours(3));
    story.signal(
        anna, "order.placed", "dead", "Zeebe refused the message: too large", Duration.ofHours(2));
    for (int i = 0; i < 50; i++) {
      story.event(anna, "page", "", "{}", Duration.ofMinutes(100 - i));
    }
    story.event(
        anna, "track", "Cart Viewed", "{\"products\":" + items() + "}", Duration.ofMinutes(4));
    story.cart(anna, items(), "96.00", Duration.ofMinutes(4));
  }

  /** Tests of flow abandoned-cart, version 2: a finding, one that waits for its look, a winner. */
  static void splits(Story story) {
    Duration aMonthAgo = Duration.ofDays(30);
    long decided = story.split("serviceTask_sendLastReminder", "a gift", 1000, Duration.ofDays(90));
    story.variant(decided, "A", 1003, 80, true, Duration.ofDays(60));
    story.variant(decided, "B", 1000, 121, true, Duration.ofDays(60));
    story.variant(decided, "B", 312, 30, false, Duration.ofDays(20));
    story.decided(
        decided,
        "B",
        """
        [{"variant": "A", "leads": 1003, "reached": 80},
         {"variant": "B", "leads": 1000, "reached": 121}]
        """,
        Duration.ofDays(40));
    long waiting = story.split("gateway_watchAgain", "", 1000, Duration.ofDays(20));
    story.variant(waiting, "A", 340, 21, true, aMonthAgo.minusDays(12));
    story.variant(waiting, "B", 310, 33, true, aMonthAgo.minusDays(12));
    long open = story.split("gateway_whatComesFirst", "second subject", null, aMonthAgo);
    story.variant(open, "A", 835, 67, true, aMonthAgo);
    story.variant(open, "B", 840, 102, true, aMonthAgo);
    story.variant(open, "A", 35, 0, true, Duration.ofDays(2));
    story.variant(open, "B", 41, 0, true, Duration.ofDays(2));
  }

  private static void flow(Story story) {
    story.flow(Story.FLOW_1, 1, Duration.ofDays(40));
    story.flow(Story.FLOW_2, 2, Duration.ofDays(3));
    story.element(Story.FLOW_1, "abandoned-cart", 812, 640, 150);
    long flow = Story.FLOW_2;
    story.element(flow, "abandoned-cart", 134, 61, 0);
    story.element(flow, "startEvent_cartUpdated", 134, 134, 0);
    story.element(flow, "gateway_watchAgain", 180, 180, 0);
    story.element(flow, "gateway_whatComesFirst", 180, 122, 12);
    story.element(flow, "catchEvent_cartUpdatedAgain", 46, 46, 0);
    story.element(flow, "waitEvent_quiet", 76, 76, 0);
    story.element(flow, "serviceTask_sendReminder", 76, 68, 0);
    story.element(flow, "boundaryEvent_reminderNotSent", 5, 5, 0);
    story.element(flow, "endEvent_reminderNotSent", 5, 5, 0);
    story.element(flow, "waitEvent_dayLater", 68, 41, 6);
    story.element(flow, "serviceTask_sendLastReminder", 41, 38, 0);
    story.element(flow, "endEvent_reminded", 38, 38, 0);
    story.element(flow, "eventSubProcess_orderPlaced", 14, 14, 0);
    story.element(flow, "startEvent_orderPlaced", 14, 14, 0);
    story.element(flow, "endEvent_bought", 14, 14, 0);
    story.element(flow, "flow_quiet", 76, 76, 0);
    story.incident(
        flow,
        "serviceTask_sendReminder",
        "JOB_NO_RETRIES",
        "abandoned-cart/messages/reminder.en.mjml, line 12: unknown filter \"mony\"",
        Duration.ofMinutes(12));
    UUID lead = story.lead("LEAD", "bea@example.com", "Bea", "Szabó", Duration.ofHours(8));
    for (String state : List.of("accepted", "accepted", "accepted", "denied", "uncertain")) {
      story.touch(lead, "reminder", "serviceTask_sendReminder", state, "x", Duration.ofHours(9));
    }
    story.touch(
        lead,
        "last-reminder",
        "serviceTask_sendLastReminder",
        "rejected",
        "550",
        Duration.ofHours(8));
  }

  private static String mug(int quantity) {
    return """
        {"name":"Juniper mug","price":24,"currency":"EUR","quantity":%d}"""
        .formatted(quantity);
  }

  private static String items() {
    return """
        [{"name":"Juniper mug","quantity":2,"price":24},{"name":"Morning teapot","quantity":1}]""";
  }
}
