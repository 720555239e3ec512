package io.ripen.engine.leads;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * All that conditions and templates may ask of people, and the points with their reasons, do not
 * depend on how often each of their events comes, nor in which order and in which batches: the
 * database knows which ones it has. What does depend on the order, {@link AnyOrderTest} says; in
 * one order even that does not depend on the batches. The seeds are fixed as there.
 */
class AnyTimesIT {

  private static final DataSource DATABASE = TestDatabase.migrated();
  private static final AtomicInteger TELLINGS = new AtomicInteger();

  private final Intake intake =
      new Intake(DATABASE, Clock.fixed(Stories.LATER, ZoneOffset.UTC), Stories.FADING);

  @Property(tries = 25, seed = "1554470440532578120")
  void events_give_the_same_leads_however_often_they_come_and_in_any_order(
      @ForAll("inAnyOrder") List<Stories.Done> story, @ForAll Random random) {
    String once = telling();
    tell(Stories.steps(story, once), 1, random);

    String often = telling();
    List<Stories.Step> repeated = new ArrayList<>();
    for (Stories.Step step : Stories.steps(story, often)) {
      repeated.addAll(Collections.nCopies(1 + random.nextInt(3), step));
    }
    Collections.shuffle(repeated, random);
    tell(repeated, 5, random);

    assertThat(known(often, Set.of("id", "visits"))).isEqualTo(known(once, Set.of("id", "visits")));
  }

  @Property(tries = 15, seed = "5939249174062389108")
  void events_in_one_order_give_the_very_same_however_often_they_come_and_in_any_batches(
      @ForAll("inOneOrder") List<Stories.Done> story, @ForAll Random random) {
    String once = telling();
    tell(Stories.steps(story, once), 1, random);

    String often = telling();
    List<Stories.Step> steps = Stories.steps(story, often);
    List<Stories.Step> repeated = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      repeated.add(steps.get(i));
      Stories.Step again = steps.get(random.nextInt(i + 1));
      if (random.nextBoolean() && !again.isOfStage()) {
        repeated.add(again);
      }
    }
    tell(repeated, 5, random);

    assertThat(known(often, Set.of("id"))).isEqualTo(known(once, Set.of("id")));
    assertThat(kept(often)).as("events on record").isEqualTo(kept(once));
  }

  @Provide
  Arbitrary<List<Stories.Done>> inAnyOrder() {
    return Stories.inAnyOrder(15);
  }

  @Provide
  Arbitrary<List<Stories.Done>> inOneOrder() {
    return Stories.inOneOrder(15);
  }

  private static String telling() {
    return "t%dt-".formatted(TELLINGS.incrementAndGet());
  }

  /** In batches of any size up to the longest; what is ours is applied at once, as it is. */
  private void tell(List<Stories.Step> steps, int longest, Random random) {
    List<Event> batch = new ArrayList<>();
    Map<String, UUID> first = new HashMap<>();
    Stories.tell(
        steps,
        browser -> {
          apply(batch);
          return first.computeIfAbsent(browser, this::lead);
        },
        event -> {
          batch.add(event);
          if (event.leadId() != null || random.nextInt(longest) == 0) {
            apply(batch);
          }
        });
    apply(batch);
  }

  private void apply(List<Event> batch) {
    Map<String, String> refused = intake.applyEvents.apply(batch);
    assertThat(batch)
        .filteredOn(event -> refused.containsKey(event.messageId()))
        .allMatch(event -> event.name().equals(Stages.STAGE_CHANGED), "a way that there is not");
    batch.clear();
  }

  private @Nullable UUID lead(String browser) {
    return intake
        .jdbc
        .sql("select lead_id from lead_identity where kind = 'anonymous' and value = ?")
        .param(browser)
        .query(UUID.class)
        .optional()
        .orElse(null);
  }

  /** By what each lead goes by: its ids, all that conditions see but these, and its points. */
  private Map<String, String> known(String telling, Set<String> but) {
    Map<UUID, List<String>> ids = new HashMap<>();
    intake
        .jdbc
        .sql("select distinct lead_id, value from lead_identity where value like ? order by 2")
        .param(telling + "%")
        .query(
            (row, n) ->
                ids.computeIfAbsent(Rows.uuid(row, 1), lead -> new ArrayList<>())
                    .add(row.getString(2)))
        .list();
    Map<String, String> known = new TreeMap<>();
    ids.forEach(
        (lead, names) ->
            known.put(
                names.toString().replace(telling, ""), facts(lead, but).replace(telling, "")));
    return known;
  }

  private String facts(UUID lead, Set<String> but) {
    Facts facts = intake.facts.read(Subject.lead(lead)).orElseThrow();
    List<String> points =
        intake
            .jdbc
            .sql(
                """
                select concat_ws(' ', given_at, rule, slot, points, reason, cause) from score_entry
                where lead_id = ? order by 1
                """)
            .param(lead)
            .query(String.class)
            .list();
    return "%s %s %s".formatted(sorted(facts.tree(), but), facts.person(), points);
  }

  private static @Nullable Object sorted(@Nullable Object fact, Set<String> but) {
    if (fact instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((name, value) -> sorted.put((String) name, "" + sorted(value, but)));
      sorted.keySet().removeAll(but);
      return sorted;
    }
    return fact instanceof Collection<?> list
        ? list.stream().map(each -> sorted(each, but)).toList()
        : fact;
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
