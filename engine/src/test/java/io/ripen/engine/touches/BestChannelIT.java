package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Event;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Send by the best channel": the one that this lead has answered most, of those that may be used.
 * Where nobody has answered anything, push comes first, then messengers, then text messages.
 */
class BestChannelIT {

  private static final List<String> CHANNELS = List.of("push", "messenger", "sms");

  private TouchWorld world = new TouchWorld();

  @BeforeEach
  void reachable() {
    world.leads.phone = "+36301234567";
    world.leads.messenger = "telegram:7";
    world.leads.push = "a-browser";
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void each_lead_is_written_to_where_they_answered_most() {
    UUID texter = aLead();
    past(texter, "push", 4, 0);
    past(texter, "messenger", 4, 1);
    past(texter, "sms", 4, 3);
    UUID chatter = aLead();
    past(chatter, "sms", 4, 1);
    past(chatter, "push", 4, 2);
    past(chatter, "messenger", 4, 4);

    assertThat(best(texter)).isEqualTo("sms");
    assertThat(best(chatter)).isEqualTo("messenger");
  }

  @Test
  void writing_back_is_an_answer_and_looking_is_none() {
    UUID lead = aLead();
    past(lead, "push", 3, 3, "Message Opened");
    past(lead, "messenger", 3, 3, "Message Delivered");
    past(lead, "sms", 3, 2, "Message Replied");

    assertThat(best(lead)).isEqualTo("sms");
  }

  @Test
  void who_was_never_written_to_gets_what_we_prefer() {
    UUID lead = aLead();

    assertThat(best(lead)).isEqualTo("push");
  }

  @Test
  void one_answer_weighs_less_than_many() {
    UUID lead = aLead();
    past(lead, "push", 4, 0);
    past(lead, "messenger", 8, 7);
    past(lead, "sms", 1, 1);

    assertThat(best(lead)).as("all of one says less than most of eight").isEqualTo("messenger");
  }

  @Test
  void one_message_without_an_answer_is_reason_enough_to_try_another_channel() {
    UUID lead = aLead();
    past(lead, "push", 1, 0);

    assertThat(best(lead)).isEqualTo("messenger");
  }

  @Test
  void what_was_never_sent_is_no_silence() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, "sms", true);
    past(lead, "sms", 2, 1);
    for (int i = 0; i < 3; i++) {
      world.send(world.aTouchBy("push", lead));
    }
    CHANNELS.forEach(channel -> world.agrees(lead, channel, true));

    assertThat(best(lead)).as("the gate said no three times").isEqualTo("push");
  }

  @Test
  void after_half_a_year_an_answer_is_forgotten() {
    UUID lead = aLead();
    past(lead, "sms", 3, 3);
    world.clock.move(Duration.ofDays(179));
    assertThat(best(lead)).isEqualTo("sms");

    world.clock.move(Duration.ofDays(181));
    assertThat(best(lead)).as("nothing of it is remembered").isEqualTo("push");
  }

  @Test
  void what_somebody_answered_before_two_visitors_were_one_counts() {
    UUID lead = aLead();
    UUID former = aLead();
    past(former, "sms", 3, 3);
    world.sql.update(
        "insert into lead (id, first_seen_at, last_seen_at, merged_into)"
            + " values (?, now(), now(), null), (?, now(), now(), ?)",
        lead,
        former,
        lead);

    assertThat(best(lead)).isEqualTo("sms");
  }

  @Test
  void without_consent_for_it_the_next_best_is_taken() {
    UUID lead = aLead();
    past(lead, "sms", 3, 3);
    past(lead, "messenger", 3, 2);
    past(lead, "push", 3, 0);
    world.clock.move(Duration.ofSeconds(1));
    world.agrees(lead, "sms", false);

    assertThat(best(lead)).isEqualTo("messenger");
  }

  @Test
  void without_an_address_for_it_the_next_best_is_taken() {
    UUID lead = aLead();
    past(lead, "messenger", 3, 3);
    past(lead, "sms", 3, 2);
    past(lead, "push", 3, 0);
    world.leads.messenger = null;

    assertThat(best(lead)).isEqualTo("sms");
  }

  @Test
  void over_its_cap_the_next_best_is_taken_and_the_day_after_the_best_again() {
    oneADayBy("sms");
    UUID lead = aLead();
    past(lead, "messenger", 3, 2);
    past(lead, "push", 3, 0);
    past(lead, "sms", 1, 1);
    world.clock.move(Duration.ofDays(1).plusSeconds(1));
    past(lead, "sms", 1, 1);

    assertThat(best(lead)).isEqualTo("messenger");
    world.clock.move(Duration.ofDays(1).plusSeconds(1));
    assertThat(best(lead)).isEqualTo("sms");
  }

  @Test
  void where_all_have_to_wait_it_is_the_one_that_may_go_out_first() {
    oneADayBy("push", "messenger", "sms");
    UUID lead = aLead();
    past(lead, "sms", 1, 0);
    world.clock.move(Duration.ofHours(1));
    past(lead, "messenger", 1, 1);
    past(lead, "push", 1, 1);
    world.clock.move(Duration.ofHours(1));

    Touch touch = world.aTouchBy(Touch.BEST, lead);
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch)).containsEntry("channel", "sms").containsEntry("state", "planned");
    world.clock.move(Duration.ofHours(23));
    assertThat(world.send(touch)).as("it keeps its channel").isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("channel", "sms").containsEntry("state", "accepted");
  }

  @Test
  void it_is_kept_why_it_was_this_one_and_none_of_the_others() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, "sms", true);
    world.agrees(lead, "messenger", true);
    past(lead, "messenger", 1, 0);
    Touch touch = world.aTouchBy(Touch.BEST, lead);
    assertThat(world.send(touch)).isEqualTo(new Done());

    String choice =
        """
        [{"code": "no-consent", "answers": 0.5, "channel": "push", "verdict": "deny"}, \
        {"code": "allowed", "answers": 0.5, "channel": "sms", "verdict": "allow"}, \
        {"code": "allowed", "answers": 0.33, "channel": "messenger", "verdict": "allow"}]""";
    assertThat(String.valueOf(world.row(touch).get("choice"))).isEqualTo(choice);
    world.send(touch);
    assertThat(String.valueOf(world.row(touch).get("choice"))).isEqualTo(choice);
    Touch named = world.aTouchBy("sms", lead);
    world.send(named);
    assertThat(world.row(named)).containsEntry("choice", null);
  }

  @Test
  void it_is_kept_too_where_none_may_be_used() {
    Touch touch = world.aTouchBy(Touch.BEST, world.leads.aLead());
    assertThat(world.send(touch)).isInstanceOf(TouchOutcome.Denied.class);

    assertThat(String.valueOf(world.row(touch).get("choice")))
        .contains("\"push\"", "\"messenger\"", "\"sms\"", "no-consent")
        .doesNotContain("allow");
  }

  @Test
  void of_two_workers_that_choose_at_once_the_second_goes_by_what_the_first_has_noted() {
    UUID lead = aLead();
    past(lead, "push", 2, 1);
    Touch touch = world.aTouchBy(Touch.BEST, lead);
    Touch texted = world.aTouchBy("messenger", lead);
    assertThat(world.send(texted)).isEqualTo(new Done());
    world.messenger.isDown = true;
    world.leads.meanwhile.add(() -> {});
    // The other has chosen push, and claims it next.
    world.leads.meanwhile.add(
        () -> {
          hear(texted, "Message Replied");
          assertThat(world.send(touch)).as("the first").isInstanceOf(TryLater.class);
          assertThat(world.row(touch)).containsEntry("channel", "messenger");
          world.messenger.isDown = false;
        });
    int pushed = world.push.taken().size();

    assertThat(world.send(touch)).as("the second").isEqualTo(new Done());
    assertThat(world.leads.meanwhile).isEmpty();
    assertThat(world.push.taken()).hasSize(pushed);
    assertThat(world.messenger.taken()).hasSize(2);
    assertThat(world.row(touch))
        .containsEntry("channel", "messenger")
        .containsEntry("state", "accepted")
        .containsEntry("provider_id", "messenger-2");
  }

  /** One who agreed to all channels. */
  private UUID aLead() {
    UUID lead = world.leads.aLead();
    CHANNELS.forEach(channel -> world.agrees(lead, channel, true));
    return lead;
  }

  private String best(UUID lead) {
    Touch touch = world.aTouchBy(Touch.BEST, lead);
    assertThat(world.send(touch)).isEqualTo(new Done());
    return String.valueOf(world.row(touch).get("channel"));
  }

  /** So many messages that the lead got, and how many of them they followed a link of. */
  private void past(UUID lead, String channel, int sent, int answered) {
    past(lead, channel, sent, answered, "Message Clicked");
  }

  private void past(UUID lead, String channel, int sent, int answered, String news) {
    for (int i = 0; i < sent; i++) {
      Touch touch = world.aTouchBy(channel, lead);
      assertThat(world.send(touch)).isEqualTo(new Done());
      if (i < answered) {
        hear(touch, news);
      }
    }
  }

  private void hear(Touch touch, String news) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("touch", Long.toString(touch.key()));
    new TouchNews(world.sql, new TouchMetrics(world.meters))
        .heard(
            List.of(
                Event.ofOurs(
                    news + touch.key(),
                    news,
                    touch.leadId(),
                    world.clock.instant(),
                    properties,
                    JsonNodeFactory.instance.objectNode())));
  }

  private void oneADayBy(String... channels) {
    world.close();
    Map<String, Object> gate = new HashMap<>(TouchWorld.ANY_TIME);
    for (String channel : channels) {
      gate.put("caps.%s.per-day".formatted(channel), "1");
    }
    world = new TouchWorld(WhenUncertain.ASSUME_SENT, gate);
    reachable();
  }
}
