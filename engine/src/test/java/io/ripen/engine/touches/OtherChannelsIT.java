package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.ShortMessage;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import java.time.Duration;
import java.util.UUID;
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
    assertThat(message.buttons().getFirst().url()).startsWith("https://go.example.com/r/");
    assertThat(world.row(touch)).containsEntry("channel", "sms").containsEntry("state", "accepted");
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
    assertThat(world.send(world.aTouchBy("popup", lead))).isEqualTo(new Done());
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
  void a_channel_that_is_not_set_up_sends_nothing_and_says_so() {
    assertThat(world.send(world.aTouchBy("push", world.leads.aLead())))
        .isEqualTo(
            new Denied("no-adapter", "Nothing that sends push notifications is set up here."));
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
