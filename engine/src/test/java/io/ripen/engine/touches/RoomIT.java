package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lead has room for, with many workers on a real database. */
class RoomIT {

  private static final int WORKERS = 30;
  private static final String ANNA = "anna@example.org";

  private final TouchWorld world = new TouchWorld(WhenUncertain.ASSUME_SENT, twoEMailsADay());

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"marketing", Purposes.TRANSACTIONAL})
  void many_workers_at_once_never_send_a_lead_more_than_the_cap(String purpose) throws Exception {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    List<Callable<TouchOutcome>> touches =
        IntStream.range(0, WORKERS)
            .mapToObj(n -> world.aTouchTo(lead, purpose, null))
            .map(touch -> (Callable<TouchOutcome>) () -> world.send(touch))
            .toList();

    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 100 && world.provider.taken().size() < 2; round++) {
        workers.invokeAll(touches);
        assertThat(world.provider.taken()).hasSizeLessThanOrEqualTo(2);
      }
      workers.invokeAll(touches);
    }
    assertThat(world.provider.taken()).hasSize(2);
  }

  /** Who leaves one address in two browsers is two leads, and reads one mailbox. */
  @Test
  void one_mailbox_never_gets_more_than_the_cap_whatever_leads_have_it() throws Exception {
    List<UUID> leads = List.of(aLeadInTheTable("Anna@Example.org"), aLeadInTheTable(ANNA));
    List<Callable<TouchOutcome>> touches =
        IntStream.range(0, WORKERS)
            .mapToObj(n -> world.aTouchTo(leads.get(n % 2)))
            .map(touch -> (Callable<TouchOutcome>) () -> world.send(touch))
            .toList();

    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 100 && world.provider.taken().size() < 2; round++) {
        workers.invokeAll(touches);
        assertThat(world.provider.taken()).hasSizeLessThanOrEqualTo(2);
      }
      workers.invokeAll(touches);
    }
    assertThat(world.provider.taken()).hasSize(2);
  }

  @Test
  void what_went_to_a_mailbox_counts_when_its_lead_has_another_one_by_now() {
    UUID before = world.leads.aLead(ANNA);
    world.agrees(before, true);
    world.send(world.aTouchTo(before));
    world.send(world.aTouchTo(before));

    UUID now = world.leads.aLead("ANNA@example.org");
    world.agrees(now, true);
    // Planned after those, it is of use a little longer than they count.
    world.timePasses(Duration.ofMinutes(1));
    Touch third = world.aTouchTo(now);
    assertThat(world.send(third)).isInstanceOf(TryLater.class);
    assertThat(world.decisions(third)).containsExactly("cap");

    UUID other = world.leads.aLead("boris@example.org");
    world.agrees(other, true);
    assertThat(world.send(world.aTouchTo(other))).isEqualTo(new Done());
  }

  private UUID aLeadInTheTable(String email) {
    UUID lead = world.leads.aLead(email);
    world.agrees(lead, true);
    world.sql.update(
        "insert into lead (id, email, first_seen_at, last_seen_at) values (?, ?, now(), now())",
        lead,
        email);
    return lead;
  }

  @Test
  void what_has_no_room_waits_with_its_reason_and_goes_out_when_there_is() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    world.send(world.aTouchTo(lead));
    world.clock.move(Duration.ofHours(20));
    world.send(world.aTouchTo(lead));

    Touch third = world.aTouchTo(lead);
    TouchOutcome outcome = world.send(third);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TryLater.class,
            later -> {
              assertThat(later.delay()).isBetween(Duration.ofHours(4), Duration.ofMinutes(251));
              assertThat(later.cause())
                  .isEqualTo("The lead got 2 e-mails in 24 hours, and more are too many.");
            });
    assertThat(world.row(third))
        .containsEntry("state", "planned")
        .containsEntry("code", "cap")
        .containsEntry("attempts", 0);
    assertThat(world.row(third).get("deferred_until")).isNotNull();
    assertThat(world.decisions(third)).containsExactly("cap");

    world.clock.move(Duration.ofMinutes(251));
    assertThat(world.send(third)).isEqualTo(new Done());
    assertThat(world.decisions(third)).containsExactly("cap", "allowed");
    assertThat(world.row(third).get("deferred_until")).isNull();
  }

  @Test
  void what_comes_back_too_late_is_dropped_and_says_what_it_waited_for() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    world.send(world.aTouchTo(lead));
    world.clock.move(Duration.ofHours(20));
    world.send(world.aTouchTo(lead));
    Touch third = world.aTouchTo(lead);
    world.send(third);

    world.timePasses(Duration.ofHours(25));

    assertThat(world.send(third))
        .isEqualTo(
            new Denied(
                "too-late",
                "Its time came only when it was of no more use; it had waited for this:"
                    + " The lead got 2 e-mails in 24 hours, and more are too many."));
    assertThat(world.state(third)).isEqualTo("denied");
  }

  @Test
  void what_the_provider_refused_takes_no_room() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    world.provider.answers(new SendResult.Rejected("550 no such user"));
    world.send(world.aTouchTo(lead));
    world.send(world.aTouchTo(lead));
    world.provider.isHealthy();

    assertThat(world.send(world.aTouchTo(lead))).isEqualTo(new Done());
  }

  @Test
  void what_was_ordered_goes_out_all_the_same() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    world.send(world.aTouchTo(lead));
    world.send(world.aTouchTo(lead));

    assertThat(world.send(world.aTouchTo(lead, Purposes.TRANSACTIONAL, null)))
        .isEqualTo(new Done());
  }

  @Test
  void a_flow_that_runs_away_with_what_is_transactional_is_held() {
    UUID lead = world.leads.aLead();
    world.send(world.aTouchTo(lead, Purposes.TRANSACTIONAL, null));
    world.provider.answers(new SendResult.Rejected("550 5.7.1 looks like spam"));
    world.send(world.aTouchTo(lead, Purposes.TRANSACTIONAL, null));
    world.provider.isHealthy();
    world.clock.move(Duration.ofHours(1));
    assertThat(world.send(world.aTouchTo(lead, Purposes.TRANSACTIONAL, null)))
        .as("what was refused counts for nothing")
        .isEqualTo(new Done());

    Touch third = world.aTouchTo(lead, Purposes.TRANSACTIONAL, null);
    assertThat(world.send(third)).isInstanceOf(TryLater.class);
    assertThat(world.row(third))
        .containsEntry("state", "planned")
        .containsEntry("code", "runaway")
        .containsEntry(
            "reason",
            "The lead got 2 transactional e-mails in 24 hours, and more are too many."
                + " A flow may be running away.");
    assertThat(world.send(world.aTouchTo(world.leads.aLead(), Purposes.TRANSACTIONAL, null)))
        .as("another lead")
        .isEqualTo(new Done());

    world.clock.move(Duration.ofHours(23).plusSeconds(1));
    assertThat(world.send(third)).isEqualTo(new Done());
  }

  @Test
  void so_is_one_that_writes_and_writes_in_the_chat() {
    try (TouchWorld chatting = TouchWorld.withChat()) {
      chatting.leads.onSite = true;
      UUID lead = chatting.leads.aLead();
      for (int line = 0; line < 50; line++) {
        Touch waiting = chatting.aTouchBy("chat", lead);
        assertThat(chatting.send(waiting)).isInstanceOf(TryLater.class);
        assertThat(chatting.row(waiting)).containsEntry("code", "unseen");
      }
      Touch next = chatting.aTouchBy("chat", lead);
      assertThat(chatting.send(next)).isInstanceOf(Denied.class);
      assertThat(chatting.row(next)).containsEntry("code", "runaway");
      assertThat(chatting.chat.taken()).hasSize(50);
    }
  }

  private static Map<String, Object> twoEMailsADay() {
    Map<String, Object> gate = new HashMap<>(TouchWorld.ANY_TIME);
    gate.put("caps.email.per-day", "2");
    gate.put("caps.runaway.per-day", "2");
    return gate;
  }
}
