package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is known of people does not depend on how often each of their events comes, in which order
 * and in which batches: the database knows which ones it has.
 */
class AnyTimesIT {

  private static final DataSource DATABASE = TestDatabase.migrated();
  private static final AtomicInteger TELLINGS = new AtomicInteger();

  private final Intake intake =
      new Intake(DATABASE, Clock.fixed(Stories.LATER, ZoneOffset.UTC), Stories.FADING);
  private final BookJdbc books = new BookJdbc(JdbcClient.create(DATABASE), Stories.FADING);

  @Property(tries = 30)
  void events_give_the_same_leads_however_often_they_come(
      @ForAll("stories") List<Stories.Done> story, @ForAll Random random) throws InvalidEvent {
    String once = telling();
    List<Event> events = Stories.events(story, once);
    assertThat(intake.applyEvents.apply(events)).isEmpty();

    String often = telling();
    List<Event> repeated = new ArrayList<>();
    for (Event event : Stories.events(story, often)) {
      repeated.addAll(Collections.nCopies(1 + random.nextInt(3), event));
    }
    Collections.shuffle(repeated, random);
    for (int from = 0; from < repeated.size(); ) {
      int to = Math.min(repeated.size(), from + 1 + random.nextInt(5));
      assertThat(intake.applyEvents.apply(repeated.subList(from, to))).isEmpty();
      from = to;
    }

    assertThat(known(story, often)).isEqualTo(known(story, once));
    assertThat(kept(often)).as("events on record").isEqualTo(story.size());
  }

  @Provide
  Arbitrary<List<Stories.Done>> stories() {
    return Stories.any(12);
  }

  private static String telling() {
    return "t%dt-".formatted(TELLINGS.incrementAndGet());
  }

  private Map<String, String> known(List<Stories.Done> story, String telling) throws InvalidEvent {
    return Stories.known(books.read(Stories.events(story, telling), event -> true), telling);
  }

  private long kept(String telling) {
    return intake
        .jdbc
        .sql("select count(*) from event where message_id like ?")
        .param(telling + "%")
        .query(Long.class)
        .single();
  }
}
