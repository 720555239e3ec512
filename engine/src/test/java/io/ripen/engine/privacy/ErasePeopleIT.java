package io.ripen.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.privacy.Erasure.State;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An erasure that is interrupted anywhere is finished by whoever comes next. */
class ErasePeopleIT {

  private final DataSource database = TestDatabase.migrated();
  private final ErasureWorld first = new ErasureWorld(database, Clock.systemUTC());
  private final ErasureWorld second = new ErasureWorld(database, Clock.systemUTC());
  private final Everywhere everywhere = new Everywhere(first.jdbc);
  private final UUID lead = UuidCreator.getTimeOrderedEpoch();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void an_engine_that_dies_while_it_asks_others_leaves_what_another_one_finishes(int question) {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    first.fate =
        what -> {
          if (first.asked.size() == question) {
            throw new Killed();
          }
        };
    assertThat(catchThrowable(() -> first.erase.finish(id))).isInstanceOf(Killed.class);
    finishedBySecond(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void an_engine_that_dies_between_two_steps_leaves_what_another_one_finishes(int steps) {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    for (int i = 0; i < steps; i++) {
      first.erase.step(id);
    }
    finishedBySecond(id);
  }

  @Test
  void a_transaction_that_fails_deletes_nothing_and_is_done_again() {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    // Nothing can be deleted from it: the transaction fails when half is gone.
    first.jdbc.sql("alter table lead_identity rename to away").update();
    assertThat(catchThrowable(() -> first.erase.finish(id))).isNotNull();
    first.jdbc.sql("alter table away rename to lead_identity").update();
    assertThat(first.erasures.find(id).orElseThrow().state()).isEqualTo(State.ASKED);
    assertThat(everywhere.tablesWith(Everywhere.WORD)).contains("touch", "event", "lead");
    finishedBySecond(id);
  }

  @Test
  void while_zeebe_is_away_the_erasure_waits_and_says_why() {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    first.fate =
        what -> {
          throw new ZeebeInstances.Away("Zeebe sleeps", new IllegalStateException());
        };
    first.erase.round();
    Erasure waiting = first.erasures.find(id).orElseThrow();
    assertThat(waiting.state()).isEqualTo(State.ASKED);
    assertThat(waiting.problem()).isEqualTo("Zeebe sleeps");
    finishedBySecond(id);
  }

  @Test
  void who_asks_again_gets_the_same_erasure_and_after_it_the_receipt() {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    assertThat(first.erase.begin(lead, "Pavel").orElseThrow().id()).isEqualTo(id);
    first.erase.finish(id);
    Erasure again = first.erase.begin(lead, "Pavel").orElseThrow();
    assertThat(again.id()).isEqualTo(id);
    assertThat(again.state()).isEqualTo(State.DONE);
    assertThat(first.erase.begin(UUID.randomUUID(), "Pavel")).isEmpty();
  }

  @Test
  void a_lead_that_is_there_again_as_by_a_restored_backup_is_erased_again() {
    everywhere.plant(lead);
    first.erase.finish(first.erase.begin(lead, "Olga").orElseThrow().id());
    everywhere.forgetInstances();
    everywhere.plant(lead);
    UUID again = first.erase.begin(lead, "Olga").orElseThrow().id();
    finishedBySecond(again);
  }

  @Test
  void all_that_were_merged_into_one_are_erased_with_it() {
    UUID former = UuidCreator.getTimeOrderedEpoch();
    everywhere.plant(lead);
    first
        .jdbc
        .sql(
            """
            insert into lead (id, first_seen_at, last_seen_at, merged_into, last_name)
            values (?, now(), now(), ?, 'Quinzibaldo')
            """)
        .params(former, lead)
        .update();
    UUID id = first.erase.begin(former, "Olga").orElseThrow().id();
    first.erase.finish(id);
    assertThat(first.erasures.find(id).orElseThrow().leads())
        .containsExactlyInAnyOrder(lead, former);
    assertThat(everywhere.tablesWith(former.toString())).containsExactly("erased_lead");
  }

  @Test
  void what_a_worker_writes_late_is_erased_too_and_late_runs_are_ended() {
    everywhere.plant(lead);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    first.erase.finish(id);
    first.jdbc.sql("insert into pause values (?, now())").param(lead).update();
    first.jdbc.sql("insert into flow_instance_lead values (77, 1, ?)").param(lead).update();
    first.running.add(77L);
    assertThat(first.erase.late()).isEqualTo(2);
    assertThat(first.running).isEmpty();
    assertThat(everywhere.tablesWith(lead.toString())).containsExactly("erased_lead");
  }

  @Test
  void what_the_person_refused_last_outlives_them_by_the_hash_of_every_address_they_had() {
    first
        .jdbc
        .sql(
            """
            insert into lead (id, email, phone, first_seen_at, last_seen_at)
            values (?, 'Anna@Example.org', '+36301234567', now(), now())
            """)
        .param(lead)
        .update();
    first
        .jdbc
        .sql(
            """
            insert into event values ('import-1', ?, 'track', 'Lead Imported', now(), now(), 'shop',
              '{"email": "friend@example.org"}', '{"traits": {"email": "anna@old.example"}}')
            """)
        .param(lead)
        .update();
    first
        .jdbc
        .sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof) values
              (:lead, 'email', 'marketing', true, now() - interval '2 days', '{}'),
              (:lead, 'email', 'marketing', false, now() - interval '1 day', '{}'),
              (:lead, 'sms', 'marketing', true, now() - interval '1 day', '{}')
            """)
        .param("lead", lead)
        .update();

    first.erase.finish(first.erase.begin(lead, "Olga").orElseThrow().id());

    assertThat(
            first
                .jdbc
                .sql("select channel || ' ' || purpose || ' ' || reason from suppression")
                .query(String.class)
                .list())
        .containsExactly("email marketing unsubscribed", "email marketing unsubscribed");
    assertThat(everywhere.tablesWith("example")).doesNotContain("suppression");
  }

  /** Two people in one browser: she refused, and then he agreed for his own address. */
  @Test
  void a_no_outlives_a_later_yes_that_was_for_another_address() {
    first
        .jdbc
        .sql(
            """
            insert into lead (id, email, first_seen_at, last_seen_at)
            values (?, 'bob@example.org', now(), now())
            """)
        .param(lead)
        .update();
    first
        .jdbc
        .sql(
            """
            insert into event values ('form-1', ?, 'track', 'Form Submitted', now(), now(), 'shop',
              '{}', '{"traits": {"email": "Anna@example.org"}}')
            """)
        .param(lead)
        .update();
    first
        .jdbc
        .sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof, address)
            values
              (:lead, 'email', 'marketing', false, now() - interval '2 days', '{}', null),
              (:lead, 'email', 'marketing', true, now() - interval '1 day', '{}',
                md5('bob@example.org'))
            """)
        .param("lead", lead)
        .update();

    first.erase.finish(first.erase.begin(lead, "Olga").orElseThrow().id());

    assertThat(first.jdbc.sql("select address from suppression").query(String.class).list())
        .containsExactly(PrivacyFixture.HASH.ofAddress("email", "anna@example.org"));
  }

  @Test
  void a_run_whose_key_another_lead_has_now_goes_on() {
    everywhere.plant(lead);
    first.jdbc.sql("update flow_instance_lead set lead_id = ?").param(UUID.randomUUID()).update();
    first.running.add(Everywhere.INSTANCE);
    UUID id = first.erase.begin(lead, "Olga").orElseThrow().id();
    first.erase.finish(id);
    assertThat(first.running).containsExactly(Everywhere.INSTANCE);
  }

  private void finishedBySecond(UUID id) {
    second.erase.round();
    assertThat(second.erasures.find(id).orElseThrow().state()).isEqualTo(State.DONE);
    assertThat(everywhere.tablesWith(lead.toString())).containsExactly("erased_lead");
    assertThat(second.erase.isCalledFor()).isFalse();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
