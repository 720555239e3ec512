package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The notes that steps of flows leave with sales, on real PostgreSQL. */
class HandoffNotesIT {

  private static final UUID LEAD = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");

  private final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated());
  private final Handoffs handoffs = new Handoffs(new HandoffJdbc(jdbc), Clock.systemUTC());

  @BeforeEach
  void a_lead() {
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(LEAD)
        .update();
  }

  @Test
  void a_pass_through_a_step_leaves_one_note_however_often_it_is_told() {
    handoffs.note(7, 1, LEAD, "Call soon");
    handoffs.note(7, 1, LEAD, "Call soon");
    handoffs.note(8, 1, LEAD, "Half of the time is gone");

    assertThat(notes()).containsExactly("Call soon", "Half of the time is gone");
  }

  @Test
  void what_came_to_nothing_is_taken_back_alone_and_as_often_as_need_be() {
    handoffs.note(7, 1, LEAD, "Call soon");
    handoffs.note(8, 1, LEAD, "Half of the time is gone");

    handoffs.takeBack(7, LEAD);
    handoffs.takeBack(7, LEAD);

    assertThat(notes()).containsExactly("Half of the time is gone");
  }

  @Test
  void a_key_that_a_new_broker_gives_out_again_is_the_new_leads() {
    UUID other = UUID.fromString("0190a1b2-0000-7000-8000-000000000003");
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(other)
        .update();
    handoffs.note(7, 1, LEAD, "Call soon");

    handoffs.takeBack(7, other);
    assertThat(notes()).containsExactly("Call soon");

    handoffs.note(7, 2, other, "Write first");
    assertThat(notes()).containsExactly("Write first");
  }

  @Test
  void of_who_is_not_there_nothing_is_kept() {
    handoffs.note(7, 1, UUID.fromString("0190a1b2-0000-7000-8000-000000000002"), "Call soon");

    assertThat(notes()).isEmpty();
  }

  private List<String> notes() {
    return jdbc.sql("select text from sales_note order by element_key").query(String.class).list();
  }
}
