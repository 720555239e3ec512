package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody hears from a flow whose goal they have reached, though Zeebe may not know of it yet. */
class GoalReachedIT {

  private static final Denied REACHED =
      new Denied("goal-reached", "What ends this flow has happened: order.placed.");

  private final TouchWorld world = new TouchWorld();
  private final UUID lead = world.leads.aLead();
  private final UUID cart = UUID.randomUUID();
  private long key = 1;

  @BeforeEach
  void deployed() throws IOException {
    world.agrees(lead, true);
    world.sql.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (7, 'abandoned-cart', 3, 'Abandoned cart', ?, '{}', now())",
        Files.readString(Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn")));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private TouchOutcome send(String startedBy) {
    return send(
        startedBy, new Touch.Place("abandoned-cart", 3, "serviceTask_sendReminder", 90_000));
  }

  private TouchOutcome send(String startedBy, Touch.Place step) {
    long touch = 90_000 + key++;
    return world.send(
        new Touch(
            touch,
            new Subject(lead, cart, null, startedBy),
            "email",
            "marketing",
            "reminder",
            null,
            Priority.NORMAL,
            null,
            new Touch.Place(step.flow(), step.flowVersion(), step.element(), touch)));
  }

  private void raised(String event, String name, Object by, String state, Instant when) {
    world.sql.update(
        """
        insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
                            occurred_at, raised_at, next_attempt_at, state)
        values (?, ?, ?, ?, interval '0', '{}', ?, ?, now(), ?)
        """,
        name,
        lead,
        by.toString(),
        event + ':' + name + ':' + by,
        when.atOffset(ZoneOffset.UTC),
        when.atOffset(ZoneOffset.UTC),
        state);
  }

  private void raised(String event, String name, Object by, String state) {
    raised(event, name, by, state, world.clock.instant());
  }

  @Test
  void what_was_bought_is_not_reminded_of_though_the_signal_waits() {
    raised("e-1", "cart.updated", cart, "sent");
    assertThat(send("e-1")).isEqualTo(new Done());

    raised("e-2", "order.placed", cart, "pending");
    assertThat(send("e-1")).isEqualTo(REACHED);
  }

  @Test
  void a_signal_that_zeebe_refused_counts_too() {
    raised("e-1", "cart.updated", cart, "sent");
    raised("e-2", "order.placed", cart, "dead");

    assertThat(send("e-1")).isEqualTo(REACHED);
  }

  @Test
  void who_bought_before_the_run_began_hears_of_the_new_cart() {
    raised("e-1", "order.placed", cart, "sent");
    raised("e-2", "cart.updated", cart, "sent");

    assertThat(send("e-2")).isEqualTo(new Done());
  }

  @Test
  void who_answers_is_not_offered_what_they_were_asked() throws IOException {
    world.sql.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (8, 'trial-offer', 1, 'Trial offer', ?, '{}', now())",
        Files.readString(Path.of("../bpmn/trial-offer/trial-offer.bpmn")));
    Touch.Place step = new Touch.Place("trial-offer", 1, "serviceTask_offerByEmail", 80_000);
    raised("e-1", "content.consumed", lead, "sent");
    raised("e-2", "question.answered", lead + ":topic", "sent");
    assertThat(send("e-1", step)).isEqualTo(new Done());

    raised("e-3", "question.answered", lead + ":trial", "pending");
    assertThat(send("e-1", step))
        .isEqualTo(
            new Denied("goal-reached", "What ends this flow has happened: question.answered."));
  }

  @Test
  void another_carts_order_ends_nothing() {
    raised("e-1", "cart.updated", cart, "sent");
    raised("e-2", "order.placed", UUID.randomUUID(), "sent");

    assertThat(send("e-1")).isEqualTo(new Done());
  }

  @Test
  void it_happens_in_the_last_moment() {
    raised("e-1", "cart.updated", cart, "sent");
    world.provider.behaves(
        (message, handOver) -> {
          raised("e-2", "order.placed", cart, "pending");
          return world.provider.take(message, handOver);
        });

    assertThat(send("e-1")).isEqualTo(REACHED);
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void a_run_that_no_signal_began_is_ended_by_what_happens_from_now_on() {
    raised("e-1", "order.placed", cart, "sent", world.clock.instant().minus(Duration.ofHours(1)));
    assertThat(send(null)).isEqualTo(new Done());

    raised("e-2", "order.placed", cart, "pending", world.clock.instant().minusSeconds(2));
    assertThat(send(null)).isEqualTo(REACHED);
  }

  @Test
  void what_began_before_two_visitors_were_one_is_ended_by_either() {
    UUID other = world.leads.aLead();
    world.sql.update(
        "insert into lead (id, first_seen_at, last_seen_at, merged_into)"
            + " values (?, now(), now(), null), (?, now(), now(), ?)",
        lead,
        other,
        lead);
    raised("e-1", "cart.updated", cart, "sent");
    world.sql.update(
        """
        insert into signal (name, lead_id, correlation_key, message_id, time_to_live, variables,
                            occurred_at, raised_at, next_attempt_at)
        values ('order.placed', ?, ?, 'e-2', interval '0', '{}', now(), now(), now())
        """,
        other,
        cart.toString());

    assertThat(send("e-1")).isEqualTo(REACHED);
  }
}
