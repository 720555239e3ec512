package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.scoring.ScoringFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What is known of people does not depend on the order in which their events come in, nor on how
 * often each comes, nor on when it turns out that two browsers are one person's.
 */
class AnyOrderTest {

  private static final Instant LATER = Happening.NOON.plus(Duration.ofDays(90));
  private static final Decay FADING = new Decay(Duration.ofDays(30));

  /** Whose browser is whose: nobody uses another one's, which the first to come would win. */
  private static final Map<String, String> OWNERS =
      Map.of("phone", "anna", "laptop", "anna", "tablet", "anna", "desktop", "boris");

  record Done(String browser, String what, int hour) {}

  @Property
  void events_give_the_same_leads_in_any_order_and_however_often_they_come(
      @ForAll("stories") List<Done> story, @ForAll Random random) throws InvalidEvent {
    List<Event> events = events(story);
    List<Event> shuffled = new ArrayList<>(events);
    for (Event event : events) {
      for (int again = random.nextInt(3); again > 0; again--) {
        shuffled.add(event);
      }
    }
    Collections.shuffle(shuffled, random);
    assertThat(known(shuffled)).isEqualTo(known(events));
  }

  @Provide
  Arbitrary<List<Done>> stories() {
    Arbitrary<String> browser = Arbitraries.of(OWNERS.keySet().stream().sorted().toList());
    Arbitrary<String> what =
        Arbitraries.of(
            "/pricing",
            "/article",
            "identify",
            "identify",
            "Page Read",
            "Lead Magnet Downloaded",
            "Message Unsubscribed",
            "Form Submitted",
            "answer prices",
            "answer features",
            "order");
    Arbitrary<Integer> hour = Arbitraries.integers().between(0, 24 * 60);
    return Combinators.combine(browser, what, hour).as(Done::new).list().ofMaxSize(20);
  }

  /** Of two that happen at the same moment nobody could say which tells more: none do. */
  private static List<Event> events(List<Done> story) throws InvalidEvent {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      Done done = story.get(i);
      Happening happening =
          happening(done, i)
              .by(done.browser())
              .id("event-" + i)
              .at(Duration.ofHours(done.hour()).plusSeconds(i));
      events.add(
          new EventJson().read(happening.value(), new Arrival.OnTopic("events", 0, i, 0, LATER)));
    }
    return events;
  }

  private static Happening happening(Done done, int i) {
    String owner = Objects.requireNonNull(OWNERS.get(done.browser()));
    return switch (done.what()) {
      case "identify" ->
          Happening.identify(owner).trait("email", owner + "@example.org").trait("shoeSize", i);
      case "answer prices", "answer features" ->
          Happening.track("Question Answered")
              .with("question", "topic")
              .with("answer", done.what().substring("answer ".length()));
      case "order" -> Happening.ordered("order-" + i, "mug");
      case "/pricing", "/article" -> Happening.page(done.what());
      default -> Happening.track(done.what());
    };
  }

  /** What is known in the end of whoever uses each browser. */
  private static Map<String, String> known(List<Event> events) throws InvalidEvent {
    Map<String, List<ScoreRule>> points = new HashMap<>();
    events.forEach(event -> points.put(event.messageId(), ScoringFixture.SCORES.rules(event)));
    Book book = new Book(FADING);
    Work work = new Work(book, points, Duration.ofMinutes(30));
    Set<String> seen = new HashSet<>();
    for (Event event : events) {
      if (seen.add(event.messageId())) {
        work.apply(event);
      }
    }
    Map<String, String> known = new TreeMap<>();
    for (String browser : OWNERS.keySet()) {
      Owner owner = book.owner(Identity.anonymous(browser));
      known.put(browser, owner == null ? "nobody" : facts(owner.lead()));
    }
    return known;
  }

  private static String facts(LeadState lead) {
    return "%s score %d, %s, %s, traits %s, %d page views, seen %s to %s"
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
            lead.firstSeenAt,
            lead.lastSeenAt);
  }
}
