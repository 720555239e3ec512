package io.ripen.engine.leads;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.scoring.Decay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What two people may do in several browsers, and what is known of them in the end. */
final class Stories {

  static final Instant LATER = Happening.NOON.plus(Duration.ofDays(90));
  static final Decay FADING = new Decay(Duration.ofDays(30));

  /** Whose browser is whose: nobody uses another one's, which the first to come would win. */
  static final Map<String, String> OWNERS =
      Map.of("phone", "anna", "laptop", "anna", "tablet", "anna", "desktop", "boris");

  record Done(String browser, String what, int hour) {}

  private Stories() {}

  static Arbitrary<List<Done>> any(int longest) {
    Arbitrary<String> browser = Arbitraries.of(OWNERS.keySet().stream().sorted().toList());
    Arbitrary<String> what =
        Arbitraries.of(
            "/pricing",
            "/article",
            "identify",
            "identify",
            "Page Read",
            "Page Dwelled",
            "Lead Magnet Downloaded",
            "Message Unsubscribed",
            "Form Submitted",
            "answer prices",
            "answer features",
            "order");
    Arbitrary<Integer> hour = Arbitraries.integers().between(0, 24 * 60);
    return Combinators.combine(browser, what, hour).as(Done::new).list().ofMaxSize(longest);
  }

  /**
   * Of two that happen at the same moment nobody could say which tells more: none do.
   *
   * @param telling in all ids, so that one story may be told several times
   */
  static List<Event> events(List<Done> story, String telling) throws InvalidEvent {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      Done done = story.get(i);
      Happening happening =
          happening(done, i, telling)
              .by(telling + done.browser())
              .id(telling + "event-" + i)
              .at(Duration.ofHours(done.hour()).plusSeconds(i));
      events.add(
          new EventJson().read(happening.value(), new Arrival.OnTopic("events", 0, i, 0, LATER)));
    }
    return events;
  }

  private static Happening happening(Done done, int i, String telling) {
    String owner = telling + Objects.requireNonNull(OWNERS.get(done.browser()));
    return switch (done.what()) {
      case "identify" ->
          Happening.identify(owner).trait("email", owner + "@example.org").trait("shoeSize", i);
      case "answer prices", "answer features" ->
          Happening.track("Question Answered")
              .with("question", "topic")
              .with("answer", done.what().substring("answer ".length()));
      case "order" -> Happening.ordered(telling + "order-" + i, "mug");
      case "Page Dwelled" -> Happening.track(done.what()).with("seconds", 7 + i);
      case "/pricing", "/article" -> Happening.page(done.what());
      default -> Happening.track(done.what());
    };
  }

  /** What is known in the end of whoever uses each browser. */
  static Map<String, String> known(Book book, String telling) {
    Map<String, String> known = new TreeMap<>();
    for (String browser : OWNERS.keySet()) {
      Owner owner = book.owner(Identity.anonymous(telling + browser));
      known.put(browser, owner == null ? "nobody" : facts(owner.lead()).replace(telling, ""));
    }
    return known;
  }

  private static String facts(LeadState lead) {
    return "%s score %d, %s, %s, traits %s, %d page views, %d s, seen %s to %s"
        .formatted(
            lead.stage,
            lead.points.score().at(LATER, FADING),
            lead.email,
            lead.answers,
            lead.traits().properties().stream()
                .map(trait -> trait.getKey() + "=" + trait.getValue())
                .sorted()
                .toList(),
            lead.pageViews,
            lead.readingSeconds,
            lead.firstSeenAt,
            lead.lastSeenAt);
  }
}
