package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.scoring.ScoringFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Who people are, their points and their stage do not depend on the order in which their events
 * come in, nor on when it turns out that two browsers are one person's. That it does not matter how
 * often each comes, {@link AnyTimesIT} sees on the database that tells. How many visits there were
 * does depend on it: what is told late, between two visits, counts as none of its own.
 */
class AnyOrderTest {

  @Property
  void events_give_the_same_leads_in_any_order(
      @ForAll("stories") List<Stories.Done> story, @ForAll Random random) throws InvalidEvent {
    List<Event> events = Stories.events(story, "");
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    assertThat(known(shuffled)).isEqualTo(known(events));
  }

  @Provide
  Arbitrary<List<Stories.Done>> stories() {
    return Stories.any(20);
  }

  private static Map<String, String> known(List<Event> events) throws InvalidEvent {
    Map<String, List<ScoreRule>> points = new HashMap<>();
    events.forEach(event -> points.put(event.messageId(), ScoringFixture.SCORES.rules(event)));
    Book book = new Book(Stories.FADING);
    Work work = new Work(book, points, Duration.ofMinutes(30));
    for (Event event : events) {
      work.apply(event);
    }
    return Stories.known(book, "");
  }
}
