package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ripen.channels.Finding;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.content.ShortText;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.touches.TouchOutcome.Broken;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything but e-mail goes through the same gate and ledger. */
class OtherChannelsIT {

  private final TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_text_message_reaches_the_number_of_who_agreed_to_text_messages() {
    UUID lead = aLeadWithPhone();
    assertThat(world.send(world.aTouchBy("sms", lead)))
        .isEqualTo(new Denied("no-consent", "The lead never agreed to marketing messages by sms."));
    world.agrees(lead, "sms", true);

    Touch touch = world.aTouchBy("sms", lead);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.send(touch)).isEqualTo(new Done());

    assertThat(world.sms.taken()).singleElement().extracting(ShortMessage::to).isEqualTo("+3611");
    ShortMessage message = world.sms.taken().getFirst();
    assertThat(message.text()).isEqualTo("It is still there.");
    assertThat(message.buttons().getFirst().url())
        .matches("https://go\\.example\\.com/s/[\\w-]{10}");
    assertThat(world.row(touch)).containsEntry("channel", "sms").containsEntry("state", "accepted");
  }

  @Test
  void a_template_for_whatsapp_goes_to_messengers_with_links_that_are_ours() {
    world.catalog.whatsApp =
        new ShortText.WhatsApp(
            "HX1", new TreeMap<>(Map.of("1", "Anna", "2", "https://shop.example.com/cart")));
    world.leads.messenger = "whatsapp:+3611";
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "messenger", true);
    world.agrees(lead, "sms", true);

    assertThat(world.send(world.aTouchBy("messenger", lead))).isEqualTo(new Done());
    ShortMessage.Template template = world.messenger.taken().getFirst().template();
    assertThat(template.id()).isEqualTo("HX1");
    assertThat(template.values())
        .containsEntry("1", "Anna")
        .hasEntrySatisfying("2", link -> assertThat(link).startsWith("https://go.example.com/"));

    assertThat(world.send(world.aTouchBy("sms", lead))).isEqualTo(new Done());
    assertThat(world.sms.taken().getFirst().template()).isNull();
  }

  @Test
  void who_has_left_the_site_is_shown_nothing_there() {
    UUID lead = world.leads.aLead();
    assertThat(world.send(world.aTouchBy("popup", lead)))
        .isEqualTo(new Denied("not-on-site", "The lead is not on the site now."));
  }

  @Test
  void a_popup_needs_no_yes_but_obeys_a_no() {
    world.leads.onSite = true;
    UUID lead = world.leads.aLead();
    isShown(world.aTouchBy("popup", lead));
    assertThat(world.popup.taken())
        .singleElement()
        .extracting(ShortMessage::to)
        .isEqualTo("" + lead);

    world.clock.move(Duration.ofSeconds(1));
    world.agrees(lead, "popup", false);
    assertThat(world.send(world.aTouchBy("popup", lead)))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.code()).isEqualTo("consent-withdrawn"));
  }

  @Test
  void a_popup_waits_for_the_end_of_a_pause() {
    world.leads.onSite = true;
    UUID lead = world.leads.aLead();
    world.sql.update(
        "insert into pause (lead_id, until_at) values (?, ?)",
        lead,
        world.clock.instant().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));
    Touch touch = world.aTouchBy("popup", lead);

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch)).containsEntry("code", "paused");
    assertThat(world.popup.taken()).isEmpty();

    world.timePasses(Duration.ofMinutes(61));
    isShown(touch);
  }

  /** It waits to be seen, and is. */
  private void isShown(Touch touch) {
    assertThat(world.send(touch))
        .isEqualTo(new TryLater(Duration.ofSeconds(1), FakeChannel.UNSEEN));
    world.popup.isSeen();
    assertThat(world.send(touch)).isEqualTo(new Done());
  }

  @Test
  void a_popup_takes_its_form_along_in_the_language_of_its_words() {
    world.leads.onSite = true;
    world.send(world.aTouchBy("popup", world.leads.aLead()).with("newsletter"));
    assertThat(world.popup.taken())
        .singleElement()
        .extracting(ShortMessage::look)
        .isEqualTo(Map.of("form", "newsletter", "lang", "en"));
  }

  @Test
  void a_popup_waits_while_a_person_writes_with_the_lead_in_the_chat() {
    world.leads.onSite = true;
    UUID lead = world.leads.aLead();
    world.sql.update(
        "insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())", lead);
    world.sql.update(
        "insert into onsite_message (lead_id, kind, author, name, message_id, text, created_at)"
            + " values (?, 'chat', 'person', 'Klara', ?, 'How can I help?', ?)",
        lead,
        UUID.randomUUID().toString(),
        world.clock.instant().atOffset(ZoneOffset.UTC));

    Touch touch = world.aTouchBy("popup", lead);
    world.clock.move(Duration.ofMinutes(9));
    assertThat(world.send(touch))
        .isInstanceOfSatisfying(
            TryLater.class,
            later ->
                assertThat(later.cause())
                    .isEqualTo("A person is writing with the lead in the chat."));
    assertThat(world.popup.taken()).isEmpty();
    assertThat(world.send(world.aTouchBy("popup", lead, "transactional")))
        .isEqualTo(new TryLater(Duration.ofSeconds(1), FakeChannel.UNSEEN));

    world.clock.move(Duration.ofMinutes(2));
    isShown(touch);
    assertThat(world.decisions(touch)).containsExactly("in-chat", "allowed");
  }

  @Test
  void a_channel_that_is_not_set_up_sends_nothing_and_says_so() {
    world.leads.onSite = true;
    assertThat(world.send(world.aTouchBy("chat", world.leads.aLead())))
        .isEqualTo(new Denied("no-adapter", "Nothing that sends chat messages is set up here."));
  }

  @Test
  void a_provider_whose_answer_is_lost_and_who_can_be_asked_is_asked() {
    Touch touch = aTextThatIsUncertain();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("handing-over");

    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new TryLater(Duration.ofMinutes(1), "not listed yet"));
    world.sms.finding = new Finding.Found("SM1");
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "accepted")
        .containsEntry("provider_id", "SM1")
        .containsEntry("attempts", 1);
    assertThat(world.sms.taken()).isEmpty();
  }

  @Test
  void a_message_that_another_touch_has_is_not_taken_for_this_one() {
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "sms", true);
    Touch other = world.aTouchBy("sms", lead);
    assertThat(world.send(other)).isEqualTo(new Done());
    assertThat(world.row(other)).containsEntry("provider_id", "sms-1");
    world.sms.losesAnswers = true;
    world.sms.finding = new Finding.Found("sms-1");

    Touch touch = world.aTouchBy("sms", lead);
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch))
        .containsEntry("state", "handing-over")
        .containsEntry("provider_id", null);

    world.leaseRunsOut(touch);
    assertThat(world.send(touch))
        .as("this one may not be listed yet")
        .isEqualTo(new TryLater(Duration.ofMinutes(1), "what the provider has is another touch's"));
    world.sms.finding = new Finding.Found("sms-2");
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "accepted")
        .containsEntry("provider_id", "sms-2");
  }

  @Test
  void what_another_touch_has_for_half_an_hour_leaves_it_to_the_policy() {
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "sms", true);
    world.send(world.aTouchBy("sms", lead));
    world.sms.losesAnswers = true;
    world.sms.finding = new Finding.Found("sms-1");
    Touch touch = world.aTouchBy("sms", lead);
    world.send(touch);
    world.leaseRunsOut(touch);
    world.timePasses(Duration.ofMinutes(31));

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "uncertain")
        .containsEntry("provider_id", null);
  }

  @Test
  void of_two_that_are_alike_one_has_what_the_provider_has_once() throws Exception {
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "sms", true);
    world.sms.losesAnswers = true;
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 20; round++) {
        world.sms.asked = () -> {};
        world.sms.finding = new Finding.Unknown("not listed yet", Duration.ofMinutes(1));
        List<Touch> alike = List.of(world.aTouchBy("sms", lead), world.aTouchBy("sms", lead));
        alike.forEach(world::send);
        alike.forEach(world::leaseRunsOut);

        world.sms.finding = new Finding.Found("SM" + round);
        CyclicBarrier together = new CyclicBarrier(2);
        world.sms.asked = () -> await(together);
        List<TouchOutcome> outcomes = new ArrayList<>();
        for (Future<TouchOutcome> each :
            workers.invokeAll(
                alike.stream()
                    .map(touch -> (Callable<TouchOutcome>) () -> world.send(touch))
                    .toList())) {
          outcomes.add(each.get());
        }

        assertThat(outcomes)
            .containsExactlyInAnyOrder(
                new Done(),
                new TryLater(Duration.ofMinutes(1), "what the provider has is another touch's"));
        assertThat(alike)
            .extracting(world::state)
            .containsExactlyInAnyOrder("accepted", "handing-over");
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_provider_is_asked_for_the_time_that_the_database_knows_whatever_the_workers_clock_said() {
    Touch touch = aTextThatIsUncertain();
    world.clock.move(Duration.ofMinutes(-10));
    world.send(touch);
    world.clock.move(Duration.ofMinutes(10));
    world.leaseRunsOut(touch);
    world.send(touch);

    assertThat(world.row(touch))
        .extractingByKey("hand_over_began_at", type(Timestamp.class))
        .extracting(Timestamp::toInstant)
        .isEqualTo(world.sms.askedFor);
  }

  @Test
  void what_the_provider_does_not_have_is_sent_again() {
    Touch touch = aTextThatIsUncertain();
    world.send(touch);
    world.leaseRunsOut(touch);
    world.sms.finding = new Finding.Missing();
    world.sms.losesAnswers = false;

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("planned");
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.sms.taken()).hasSize(1);
  }

  @Test
  void a_provider_that_cannot_tell_for_half_an_hour_leaves_it_to_the_policy() {
    Touch touch = aTextThatIsUncertain();
    world.send(touch);
    world.leaseRunsOut(touch);
    world.clock.move(Duration.ofDays(1));
    assertThat(world.send(touch)).as("a wrong clock").isInstanceOf(TryLater.class);
    world.timePasses(Duration.ofMinutes(31));

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("state", "uncertain");
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.sms.taken()).isEmpty();
  }

  @Test
  void a_found_message_is_no_other_workers_that_has_begun_meanwhile() {
    Touch touch = aTextThatIsUncertain();
    world.send(touch);

    // Its claim is still good.
    world.lost().found(touch.key(), Medium.SMS, "SM1", "en", world.clock.instant());
    world.lost().missing(touch.key());
    assertThat(world.state(touch)).isEqualTo("handing-over");
  }

  @Test
  void what_waits_goes_by_the_channel_that_its_flow_names_now() {
    Touch touch = aTextThatWaits();

    assertThat(world.send(by("messenger", touch))).isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("channel", "messenger");
    assertThat(world.messenger.taken()).hasSize(1);

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch)).as("it is out").containsEntry("channel", "messenger");
  }

  @Test
  void what_a_lost_worker_had_not_handed_over_goes_by_the_channel_that_its_flow_names_now() {
    Touch touch = aTextThatWaits();
    world.sql.update(
        """
        update touch set state = 'claimed', claim = gen_random_uuid(),
          claimed_until = clock_timestamp() + interval '1 minute'
        where key = ?
        """,
        touch.key());

    assertThat(world.send(by("messenger", touch))).isInstanceOf(TryLater.class);
    assertThat(world.row(touch)).as("a worker is at it").containsEntry("channel", "sms");

    world.leaseRunsOut(touch);
    assertThat(world.send(by("messenger", touch))).isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("channel", "messenger");
    assertThat(world.messenger.taken()).hasSize(1);
  }

  @Test
  void a_key_that_zeebe_hands_out_again_changes_nothing_of_what_waits() {
    Touch touch = aTextThatWaits();
    Map<String, Object> before = world.row(touch);
    Touch.Place place = touch.place();
    Subject other = Subject.lead(aLeadWithPhone());
    List<Touch> reused =
        List.of(
            again(touch, other, place),
            again(touch, touch.about(), at(place, "another-flow", place.element())),
            again(touch, touch.about(), at(place, place.flow(), "another-element")),
            again(
                touch,
                touch.about(),
                new Touch.Place(place.flow(), place.flowVersion(), place.element(), 7)),
            again(touch, new Subject(touch.leadId(), UUID.randomUUID(), null, null), place));

    for (Touch each : reused) {
      assertThat(world.send(each)).isInstanceOf(Broken.class);
      assertThat(world.row(touch)).isEqualTo(before);
    }
  }

  private static Touch.Place at(Touch.Place place, String flow, String element) {
    return new Touch.Place(flow, place.flowVersion(), element, place.processInstance());
  }

  private static Touch again(Touch touch, Subject about, Touch.Place place) {
    return new Touch(
        touch.key(),
        about,
        "messenger",
        touch.purpose(),
        touch.message(),
        touch.onlyIf(),
        touch.priority(),
        Duration.ofHours(1),
        place);
  }

  /** By a channel that does not work; the lead has another. */
  private Touch aTextThatWaits() {
    UUID lead = aLeadWithPhone();
    world.leads.messenger = "telegram:7";
    world.agrees(lead, "sms", true);
    world.agrees(lead, "messenger", true);
    Touch touch = world.aTouchBy("sms", lead);
    world.sms.isDown = true;
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    return touch;
  }

  private static Touch by(String channel, Touch touch) {
    return new Touch(
        touch.key(),
        touch.about(),
        channel,
        touch.purpose(),
        touch.message(),
        touch.onlyIf(),
        touch.priority(),
        touch.useBy(),
        touch.place());
  }

  private Touch aTextThatIsUncertain() {
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "sms", true);
    world.sms.losesAnswers = true;
    world.sms.finding = new Finding.Unknown("not listed yet", Duration.ofMinutes(1));
    return world.aTouchBy("sms", lead);
  }

  @Test
  void the_best_channel_is_one_that_may_be_used_and_stays_the_same() {
    UUID lead = aLeadWithPhone();
    world.agrees(lead, "sms", true);
    Touch touch = world.aTouchBy(Touch.BEST, lead);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("channel", "sms");

    world.leads.phone = null;
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.sms.taken()).hasSize(1);
  }

  @Test
  void where_there_is_no_channel_the_refusal_says_what_is_missing() {
    assertThat(world.send(world.aTouchBy(Touch.BEST, world.leads.aLead())))
        .isEqualTo(new Denied("no-address", "The lead has no telephone number."));
    assertThat(world.send(world.aTouchBy(Touch.BEST, aLeadWithPhone())))
        .isEqualTo(new Denied("no-consent", "The lead never agreed to marketing messages by sms."));
  }

  private UUID aLeadWithPhone() {
    world.leads.phone = "+3611";
    return world.leads.aLead();
  }
}
