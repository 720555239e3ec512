package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.scoring.ScoringFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who people are, what is known of them, their points and their stage do not depend on the order in
 * which their events come in, nor on when it turns out that several browsers, users and contacts
 * are one person. {@link AnyTimesIT} sees the same on the database, where conditions read it, and
 * that it does not matter how often each event comes.
 *
 * <p>Some of it does depend on the order, and is not in these stories:
 *
 * <ul>
 *   <li>how many visits there were, and so the last source where no campaign tells it: what is told
 *       late, between two visits, counts as none of its own ({@link Visits})
 *   <li>whose a browser is that several people use: the first takes what it did before ({@link
 *       Identify}). So with two addresses that are told before anybody signs in, and with one order
 *       that two people report ({@link Orders})
 *   <li>the content of a cart, which is made step by step, and whether it is open where something
 *       is taken out of it before it was in ({@link Carts}); what a shop leaves out of an order and
 *       its cart tells, if it is known by then
 *   <li>decisions that undo another: back from sales, from one end to another or to an end after a
 *       purchase, out of a segment. They hold from when they are taken ({@link Decisions})
 *   <li>the stage of who takes back the only way to reach them before it was known: they were never
 *       reachable
 *   <li>what the browser's language is where it tells none with some events: these count as if it
 *       were the same as before ({@link Traits})
 *   <li>which of two at the very same moment is the newer one
 * </ul>
 *
 * <p>The seed is fixed, so that a change is judged by what it changes. Take it away to look for
 * more.
 */
class AnyOrderTest {

  @Property(tries = 1500, seed = "7467464044636756593")
  void events_give_the_same_leads_in_any_order(
      @ForAll("stories") List<Stories.Done> story, @ForAll Random random) {
    List<Stories.Step> steps = Stories.steps(story, "");
    List<Stories.Step> shuffled = new ArrayList<>(steps);
    Collections.shuffle(shuffled, random);
    assertThat(known(shuffled)).isEqualTo(known(steps));
  }

  @Provide
  Arbitrary<List<Stories.Done>> stories() {
    return Stories.inAnyOrder(20);
  }

  private static Map<String, String> known(List<Stories.Step> steps) {
    Map<String, List<ScoreRule>> points = new HashMap<>();
    var book = new Book(Stories.FADING);
    var work = new Work(book, points, Duration.ofMinutes(30));
    Map<String, UUID> first = new HashMap<>();
    Stories.tell(
        steps,
        browser -> first.computeIfAbsent(browser, each -> lead(book, each)),
        event -> {
          points.put(event.messageId(), ScoringFixture.SCORES.rules(event));
          apply(work, event);
        });
    Map<String, String> known = new TreeMap<>();
    for (String browser : Stories.BROWSERS) {
      Owner owner = book.owner(Identity.anonymous(browser));
      known.put(browser, owner == null ? "nobody" : facts(book, owner.lead()));
    }
    return known;
  }

  private static @Nullable UUID lead(Book book, String browser) {
    Owner owner = book.owner(Identity.anonymous(browser));
    return owner == null ? null : owner.lead().id;
  }

  private static void apply(Work work, Event event) {
    try {
      work.apply(event);
    } catch (InvalidEvent e) {
      assertThat(event.name()).as(e.getMessage()).isEqualTo(Stages.STAGE_CHANGED);
    }
  }

  private static String facts(Book book, LeadState lead) {
    List<OrderState> orders =
        book.orders().stream()
            .filter(order -> book.lead(order.leadId) == lead)
            .filter(order -> order.state.equals(OrderState.PLACED))
            .toList();
    return "%s score %d, %s %s %s %s, %s %s %s, %s, traits %s, %d page views, %d s, seen %s to %s, from %s and %s, %d open carts, %d orders, the last at %s"
        .formatted(
            lead.stage,
            lead.points.score().at(Stories.LATER, Stories.FADING),
            lead.email,
            lead.phone,
            lead.firstName,
            lead.lastName,
            lead.locale,
            lead.timeZone,
            lead.regionZone,
            sorted(lead.answers),
            sorted(lead.traits),
            lead.pageViews,
            lead.readingSeconds,
            lead.firstSeenAt,
            lead.lastSeenAt,
            lead.firstSource,
            lead.lastSource,
            lead.carts.stream().filter(CartState::isOpen).count(),
            orders.size(),
            orders.stream().map(order -> order.placedAt).max(Comparator.naturalOrder()));
  }

  private static Map<String, String> sorted(String json) {
    Map<String, String> sorted = new TreeMap<>();
    JsonMapper.shared()
        .readTree(json)
        .properties()
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().toString()));
    return sorted;
  }
}
