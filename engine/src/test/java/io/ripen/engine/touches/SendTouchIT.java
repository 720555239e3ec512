package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.touches.TouchOutcome.Broken;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One touch, from job to provider, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendTouchIT {

  private final TouchWorld world = new TouchWorld();

  @BeforeEach
  void healthy() {
    world.beginsAnew();
    world.provider.isHealthy();
    world.provider.taken().clear();
    world.catalog.broken = false;
    world.catalog.killing = false;
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void who_agreed_and_left_a_cart_gets_the_message() {
    Touch touch = world.aTouch();

    assertThat(world.send(touch)).isEqualTo(new Done());

    EmailMessage email = world.provider.taken().getLast();
    assertThat(email.to()).isEqualTo(FakeLeads.EMAIL);
    assertThat(email.messageId())
        .isEqualTo("%d.%s@go.example.com".formatted(touch.key(), touch.leadId()));
    assertThat(email.html()).contains("<a href=\"https://go.example.com/r/");
    assertThat(email.text())
        .startsWith("https://go.example.com/r/")
        .endsWith("\n" + email.unsubscribeUrl());
    assertThat(world.row(touch))
        .containsEntry("state", "accepted")
        .containsEntry("locale", "en")
        .containsEntry("attempts", 1)
        .containsEntry("provider_id", email.messageId());
    assertThat(world.row(touch).get("hand_over_began_at")).isNotNull();
    assertThat(world.row(touch).get("hand_over_ended_at")).isNotNull();
    assertThat(world.decisions(touch)).containsExactly("allowed");
  }

  @Test
  void the_email_tells_by_itself_what_becomes_of_it() {
    Touch touch = world.aTouch();
    world.send(touch);

    EmailMessage email = world.provider.taken().getLast();
    assertThat(email.returnPath())
        .isEqualTo(TouchWorld.RETURN_PATH.of(email.messageId(), FakeLeads.EMAIL));
    assertThat(email.html())
        .containsPattern("<img src=\"https://go.example.com/o/[^\"]+\" width=\"1\" height=\"1\"");
  }

  @Test
  void nobody_watches_whether_what_was_ordered_is_read() {
    UUID lead = world.leads.aLead();
    world.send(world.aTouchTo(lead, Purposes.TRANSACTIONAL, null));

    assertThat(world.provider.taken().getLast().html()).doesNotContain("<img");
  }

  @Test
  void files_beside_the_message_go_with_it(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("guide.pdf"), new byte[] {1, 2, 3});
    world.catalog.attachments = List.of(file);
    try {
      world.send(world.aTouch());
      assertThat(world.provider.taken().getLast().attachments())
          .singleElement()
          .satisfies(
              attachment -> {
                assertThat(attachment.name()).isEqualTo("guide.pdf");
                assertThat(attachment.contentType()).isEqualTo("application/pdf");
                assertThat(attachment.content()).containsExactly(1, 2, 3);
              });

      Files.delete(file);
      assertThat(world.send(world.aTouch()))
          .asInstanceOf(type(Broken.class))
          .satisfies(broken -> assertThat(broken.toString()).contains("guide.pdf"));
    } finally {
      world.catalog.attachments = List.of();
    }
  }

  @Test
  void the_first_of_a_message_on_a_day_goes_to_the_seeds_as_well() {
    try (TouchWorld seeded =
        new TouchWorld(
            WhenUncertain.ASSUME_SENT,
            TouchWorld.ANY_TIME,
            List.of("seed@example.com", "seed@example.net"))) {
      seeded.send(seeded.aTouch());
      seeded.send(seeded.aTouch());
      await().atMost(Duration.ofMinutes(1)).until(() -> seeded.provider.taken().size() == 4);

      assertThat(seeded.provider.taken())
          .filteredOn(email -> email.to().startsWith("seed@"))
          .hasSize(2)
          .allSatisfy(
              email -> {
                assertThat(email.html()).contains("An invented lead's cart");
                assertThat(email.messageId()).startsWith("0.");
              });

      seeded.clock.move(Duration.ofDays(1));
      seeded.send(seeded.aTouch());
      await().atMost(Duration.ofMinutes(1)).until(() -> seeded.provider.taken().size() == 7);
    }
  }

  @Test
  void the_same_job_twice_gives_one_message() {
    Touch touch = world.aTouch();

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.send(touch)).isEqualTo(new Done());

    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void who_never_agreed_gets_none() {
    Touch touch = world.aTouchTo(world.leads.aLead());

    assertThat(world.send(touch))
        .isEqualTo(
            new Denied("no-consent", "The lead never agreed to marketing messages by email."));
    assertThat(world.send(touch)).as("again").isInstanceOf(Denied.class);
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.state(touch)).isEqualTo("denied");
    assertThat(world.decisions(touch)).containsExactly("no-consent");
  }

  @Test
  void who_took_it_back_gets_none() {
    Touch touch = world.aTouch();
    world.clock.move(Duration.ofSeconds(1));
    world.agrees(touch.leadId(), false);

    assertThat(world.send(touch))
        .asInstanceOf(type(Denied.class))
        .extracting(Denied::code, Denied::reason)
        .containsExactly(
            "consent-withdrawn",
            "The lead took the consent to marketing messages by email back on %s."
                .formatted(LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC)));
  }

  @Test
  void who_has_no_address_gets_none() {
    UUID lead = world.leads.aLead(null);
    world.agrees(lead, true);

    assertThat(world.send(world.aTouchTo(lead)))
        .isEqualTo(new Denied("no-address", "The lead has no e-mail address."));
  }

  @Test
  void an_address_that_bounced_gets_nothing_of_any_purpose() {
    UUID lead = world.leads.aLead("bounced@example.org");
    world.agrees(lead, true);
    world.sql.update(
        "insert into suppression values"
            + " ('email', 'bounced@example.org', 'all', 'bounced', '2026-02-01T00:00:00Z')");

    assertThat(world.send(world.aTouchTo(lead, "transactional", null)))
        .isEqualTo(
            new Denied(
                "suppressed", "Nobody may write to this address since 2026-02-01 (bounced)."));
  }

  @Test
  void a_transactional_message_needs_no_consent_and_offers_no_way_out() {
    Touch touch = world.aTouchTo(world.leads.aLead(), "transactional", null);

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken().getLast().unsubscribeUrl()).isNull();
  }

  @Test
  void who_bought_between_timer_and_send_gets_none() {
    Touch touch = world.aTouch();
    world.leads.cartBecomes(touch.leadId(), "ordered");

    assertThat(world.send(touch))
        .isEqualTo(
            new Denied("condition-not-met", "The condition does not hold: cart.state = \"open\""));
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void who_buys_just_before_the_message_is_handed_over_gets_none() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.leads.cartBecomes(touch.leadId(), "ordered");
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isInstanceOf(Denied.class);
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.state(touch)).isEqualTo("denied");
    assertThat(world.decisions(touch)).containsExactly("allowed", "condition-not-met");
  }

  /** Else whoever reads the old address could confirm, or be written to, in the name of the new. */
  @Test
  void who_moves_just_before_the_message_is_handed_over_gets_it_at_the_new_address() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.leads.moveTo(touch.leadId(), "anna@new.example.org");
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.row(touch)).containsEntry("state", "planned").containsEntry("sent_to", null);

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken())
        .singleElement()
        .satisfies(email -> assertThat(email.to()).isEqualTo("anna@new.example.org"));
    assertThat(world.row(touch))
        .containsEntry(
            "sent_to",
            world.sql.queryForObject("select md5('anna@new.example.org')", String.class));
  }

  @Test
  void who_takes_the_consent_back_just_before_the_message_is_handed_over_gets_none() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.agrees(touch.leadId(), false);
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch))
        .asInstanceOf(type(Denied.class))
        .extracting(Denied::code)
        .isEqualTo("consent-withdrawn");
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.state(touch)).isEqualTo("denied");
    assertThat(world.decisions(touch)).containsExactly("allowed", "consent-withdrawn");
  }

  @Test
  void a_lead_that_is_gone_before_the_message_is_handed_over_is_a_problem_to_mend() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.leads.forget(touch.leadId());
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isInstanceOf(Broken.class);
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.row(touch)).containsEntry("state", "planned").containsEntry("code", "broken");
  }

  @Test
  void a_slow_server_alone_stops_nothing() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.clock.move(Duration.ofSeconds(30));
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.decisions(touch)).as("a second yes is no news").containsExactly("allowed");
  }

  @Test
  void who_buys_between_two_attempts_gets_none() {
    Touch touch = world.aTouch();
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.provider.isHealthy();
    world.leads.cartBecomes(touch.leadId(), "ordered");

    assertThat(world.send(touch)).isInstanceOf(Denied.class);
    assertThat(world.decisions(touch)).containsExactly("allowed", "condition-not-met");
  }

  @Test
  void a_provider_that_is_down_is_tried_again_ever_later() {
    Touch touch = world.aTouch();
    world.provider.isDown();

    Duration last = Duration.ZERO;
    for (int attempt = 1; attempt <= 5; attempt++) {
      TryLater later = (TryLater) world.send(touch);
      assertThat(later.delay()).isGreaterThan(last);
      assertThat(later.cause()).isEqualTo("down");
      last = later.delay();
      world.clock.move(last);
    }
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch)).containsEntry("attempts", 6).containsEntry("reason", null);
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void after_a_day_it_is_given_up_with_the_last_cause() {
    Touch touch = world.aTouch();
    world.provider.isDown();

    TouchOutcome outcome = world.send(touch);
    int attempts = 1;
    while (outcome instanceof TryLater later) {
      world.timePasses(later.delay());
      outcome = world.send(touch);
      assertThat(attempts++).isLessThan(50);
    }
    assertThat(outcome).isEqualTo(new Rejected("Given up after 24h; the last cause: down"));
    assertThat(attempts).isBetween(20, 40);
    assertThat(world.row(touch))
        .containsEntry("state", "rejected")
        .containsEntry("code", "gave-up");
    assertThat(world.send(touch)).as("again").isInstanceOf(Rejected.class);
  }

  @Test
  void an_attempt_that_comes_after_a_day_is_not_made() {
    Touch touch = world.aTouch();
    world.provider.isDown();
    world.send(touch);
    world.provider.isHealthy();
    world.timePasses(Duration.ofHours(30));

    assertThat(world.send(touch)).isInstanceOf(Rejected.class);
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void an_address_that_the_provider_refuses_is_rejected_for_good() {
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Rejected("550 no such user"));

    assertThat(world.send(touch)).isEqualTo(new Rejected("550 no such user"));
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Rejected("550 no such user"));
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void an_answer_that_is_lost_is_taken_as_sent_and_kept_as_uncertain() {
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Uncertain("the answer was lost"));

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "uncertain")
        .containsEntry("reason", "the answer was lost");
    assertThat(world.row(touch).get("hand_over_ended_at"))
        .as("until then a visit is a program's")
        .isNotNull();
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void broken_content_waits_for_somebody_to_mend_it() {
    Touch touch = broken();

    world.timePasses(Duration.ofHours(23));
    world.catalog.broken = false;
    assertThat(world.send(touch)).isEqualTo(new Done());
  }

  @Test
  void what_was_mended_too_late_is_not_sent_and_says_what_it_had_waited_for() {
    Touch touch = broken();

    world.timePasses(Duration.ofHours(25));
    world.catalog.broken = false;
    Denied denied =
        new Denied(
            "too-late",
            "Its time came only when it was of no more use; it had waited for this: "
                + "abandoned-cart/messages/reminder.en.mjml, line 7: the tag is not closed → close it");
    assertThat(world.send(touch)).isEqualTo(denied);
    assertThat(world.row(touch)).containsEntry("state", "denied").containsEntry("code", "too-late");
    assertThat(world.decisions(touch)).containsExactly("allowed", "too-late");
    assertThat(world.send(touch)).as("again").isEqualTo(denied);
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void what_nobody_mended_stands_still_no_longer_than_it_is_of_use() {
    Touch touch = world.aTouchTo(UUID.randomUUID());
    assertThat(world.send(touch)).isInstanceOf(Broken.class);

    world.timePasses(Duration.ofHours(25));
    assertThat(world.send(touch))
        .asInstanceOf(type(Denied.class))
        .extracting(Denied::reason)
        .asString()
        .contains(touch.leadId().toString(), "not in the database");
  }

  private Touch broken() {
    Touch touch = world.aTouch();
    world.catalog.broken = true;

    assertThat(world.send(touch))
        .asInstanceOf(type(Broken.class))
        .extracting(Broken::problem)
        .isEqualTo(
            "abandoned-cart/messages/reminder.en.mjml, line 7: the tag is not closed → close it");
    assertThat(world.row(touch)).containsEntry("state", "planned").containsEntry("code", "broken");
    return touch;
  }

  @Test
  void a_condition_that_is_no_good_names_flow_and_element() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);

    for (String condition : new String[] {"cart.state =", "lead.firstName"}) {
      assertThat(world.send(world.aTouchTo(lead, "marketing", condition)))
          .asInstanceOf(type(Broken.class))
          .extracting(Broken::problem)
          .asString()
          .contains("serviceTask_sendReminder in flow abandoned-cart", condition)
          .doesNotContain(FakeLeads.FIRST_NAME);
    }
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void a_condition_on_what_is_not_known_does_not_hold() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);

    for (String condition :
        List.of("order.total >= 50", "not(lead.lastOrderAt >= now() - duration(\"P60D\"))")) {
      assertThat(world.send(world.aTouchTo(lead, "marketing", condition)))
          .isEqualTo(new Denied("condition-not-met", "The condition does not hold: " + condition));
    }
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void a_lead_that_is_not_there_is_a_problem_to_mend() {
    Touch touch = world.aTouchTo(UUID.randomUUID());

    assertThat(world.send(touch))
        .asInstanceOf(type(Broken.class))
        .extracting(Broken::problem)
        .asString()
        .contains(touch.leadId().toString(), "not in the database");
  }

  @Test
  void a_key_that_zeebe_hands_out_again_never_counts_as_sent() {
    Touch old = world.aTouch();
    world.send(old);
    UUID other = world.leads.aLead();
    world.agrees(other, true);
    Touch reused =
        new Touch(
            old.key(),
            Subject.lead(other),
            "email",
            old.purpose(),
            old.message(),
            null,
            Priority.NORMAL,
            null,
            old.place());
    Touch elsewhere =
        new Touch(
            old.key(),
            old.about(),
            "email",
            old.purpose(),
            old.message(),
            null,
            Priority.NORMAL,
            null,
            new Touch.Place("abandoned-cart", 3, "serviceTask_sendLastReminder", 7));

    for (Touch touch : new Touch[] {reused, elsewhere}) {
      assertThat(world.send(touch))
          .asInstanceOf(type(Broken.class))
          .extracting(Broken::problem)
          .asString()
          .contains("Zeebe has handed out its key again");
    }
    assertThat(world.provider.taken()).hasSize(1);
  }

  @Test
  void a_bug_before_the_point_of_no_return_frees_the_touch() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          throw new IllegalStateException("bug");
        });

    assertThatThrownBy(() -> world.send(touch)).hasMessage("bug");
    assertThat(world.state(touch)).isEqualTo("planned");
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
  }

  @Test
  void a_bug_after_the_point_of_no_return_does_not() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.provider.take(message, handOver);
          throw new IllegalStateException("bug");
        });

    assertThatThrownBy(() -> world.send(touch)).hasMessage("bug");
    assertThat(world.state(touch)).isEqualTo("handing-over");
    world.provider.isHealthy();
    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
  }
}
