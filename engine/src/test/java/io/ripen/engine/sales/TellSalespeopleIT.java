package io.ripen.engine.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.sales.Handoffs.Tell;
import io.ripen.engine.sales.Salespeople.Salesperson;
import io.ripen.engine.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is told of notes by e-mail, on real PostgreSQL. */
class TellSalespeopleIT {

  private static final UUID LEAD = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final long RUN = 1;

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
  private final Handoffs handoffs = new Handoffs(new HandoffJdbc(jdbc), noon);
  private final Salespeople people = new Salespeople(jdbc, noon);
  private final List<EmailMessage> mails = new ArrayList<>();
  private final TellSalespeople worker = worker();
  private SendResult answer = new SendResult.Accepted("1");
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void a_lead_of_the_team_sales() {
    jdbc.sql(
            """
            insert into lead (id, email, first_name, first_seen_at, last_seen_at)
            values (?, 'dora@example.com', 'Dora', now(), now())
            """)
        .param(LEAD)
        .update();
    new HandoffJdbc(jdbc)
        .add(RUN, new Choice(LEAD, "sales", "sales-leads", null, Duration.ofHours(4)), NOON);
    people.introduce(new Salesperson("anna", "sales", true, "anna@shop.example"));
    people.introduce(new Salesperson("ben", "sales", true, null));
    people.introduce(new Salesperson("cilla", "sales-leads", false, "cilla@shop.example"));
    people.introduce(new Salesperson("dan", "support", true, "dan@shop.example"));
  }

  @ParameterizedTest
  @CsvSource({"team, anna@shop.example", "team-leads, cilla@shop.example"})
  void those_who_left_an_address_are_told_and_nothing_of_the_lead(String who, String address) {
    task(77, null);
    handoffs.note(7, RUN, LEAD, "Half is < gone", Tell.named(who).orElseThrow());

    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    EmailMessage mail = mails.getFirst();
    assertThat(mail.to()).isEqualTo(address);
    assertThat(mail.subject()).isEqualTo("Sales inbox: Half is < gone");
    assertThat(mail.text())
        .startsWith("Half is < gone: a lead waits in the sales inbox.")
        .contains("https://console.example/sales/77\n");
    assertThat(mail.html())
        .contains("Half is &lt; gone", "href=\"https://console.example/sales/77\"");
    assertThat(mail.toString()).doesNotContain("Dora", "dora@", LEAD.toString());
    assertThat(mail.unsubscribeUrl()).isNull();
  }

  @Test
  void a_step_that_is_done_again_tells_nobody_again() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ofHours(1))).isZero();
    assertThat(mails).hasSize(1);
    assertThat(mails.getFirst().text()).contains("https://console.example/sales\n");

    handoffs.note(8, RUN, LEAD, "And again", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).extracting(EmailMessage::messageId).doesNotHaveDuplicates();
  }

  @Test
  void nobody_is_told_where_the_step_says_nobody_or_no_team_has_the_lead() {
    handoffs.note(7, RUN, LEAD, "Half is gone");
    handoffs.note(8, RUN + 1, LEAD, "Half is gone", Tell.TEAM);

    assertThat(tellAfter(Duration.ZERO)).isZero();
    assertThat(mails).isEmpty();
  }

  @Test
  void while_the_mail_server_is_away_they_wait_and_the_flow_does_not() {
    answer =
        new SendResult.Retryable("nobody answers", Duration.ofMinutes(2), SendResult.Scope.CHANNEL);
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(tellAfter(Duration.ofSeconds(60))).isZero();
    assertThat(tellAfter(Duration.ofSeconds(60))).isEqualTo(1);

    answer = new SendResult.Accepted("1");
    assertThat(tellAfter(Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(tellAfter(Duration.ofHours(1))).isZero();
    assertThat(mails).hasSize(3);
  }

  @Test
  void what_stands_in_the_way_of_all_makes_no_mail_wait_for_longer_afterwards() {
    answer = new SendResult.Retryable("busy", Duration.ofSeconds(1), SendResult.Scope.CHANNEL);
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(tellAfter(Duration.ofSeconds(10))).isZero();
    for (int i = 0; i < 9; i++) {
      assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    }

    answer = new SendResult.Retryable("the mailbox is full", Duration.ofSeconds(1));
    assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    assertThat(tellAfter(Duration.ofSeconds(30))).as("the second time it waits longer").isZero();
    assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
  }

  @Test
  void what_is_of_no_more_use_is_not_sent() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(TellSalespeople.OF_USE)).isEqualTo(1);
    assertThat(mails).isEmpty();
    assertThat(waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P9D", "P9D"})
  void a_worker_whose_clock_is_wrong_by_days_tells_them_all_the_same(Duration wrong) {
    new Handoffs(new HandoffJdbc(jdbc), Clock.offset(Clock.systemUTC(), wrong))
        .note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).hasSize(1);
  }

  @Test
  void while_a_mail_is_sent_nobody_else_sends_it_and_an_erasure_does_not_wait() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    meanwhile =
        () -> {
          assertThat(worker().one()).isFalse();
          // Fails where this thread has a connection already.
          try (Connection other = database.getConnection();
              Statement erasure = other.createStatement()) {
            erasure.execute("set lock_timeout = '5s'");
            erasure.execute("delete from sales_note");
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        };

    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void who_dies_in_the_midst_leaves_the_same_mail_to_another() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    handoffs.note(8, RUN, LEAD, "Another one", Tell.TEAM);
    meanwhile =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(worker::one).hasMessage("killed");

    meanwhile = () -> {};
    assertThat(tellAfter(Duration.ZERO)).as("the other mail alone").isEqualTo(1);
    // Its next time comes, and it is still the mail of that moment.
    jdbc.sql("update sales_mail set next_attempt_at = next_attempt_at - ? * interval '1 second'")
        .param(TellSalespeople.LEASE.toSeconds())
        .update();
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).hasSize(3);
    assertThat(mails.getLast().messageId())
        .matches("0\\.[0-9a-f-]{36}@console\\.example")
        .isEqualTo(mails.getFirst().messageId())
        .isNotEqualTo(mails.get(1).messageId());
  }

  @Test
  void a_lead_that_somebody_has_taken_meanwhile_waits_no_more() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    task(77, "ben");
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void who_has_taken_it_after_the_note_is_not_told_that_it_waits() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    task(77, "anna");
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).isEmpty();
  }

  @Test
  void who_has_the_lead_is_asked_and_none_of_the_others() {
    people.introduce(new Salesperson("eva", "sales", true, "eva@shop.example"));
    task(5, "anna");
    handoffs.note(7, RUN, LEAD, "A week without an outcome", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).extracting(EmailMessage::to).containsExactly("anna@shop.example");
    assertThat(mails.getFirst().text()).contains("https://console.example/sales/5\n");
  }

  @Test
  void between_two_tasks_they_wait_for_the_next_one() {
    runs();
    task(77, null);
    ends(77, "canceled");
    handoffs.note(7, RUN, LEAD, "Nobody took it in time", Tell.TEAM_LEADS);
    for (int i = 0; i < 9; i++) {
      assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    }
    assertThat(mails).isEmpty();

    task(78, null);
    assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    assertThat(mails.getFirst().text()).contains("https://console.example/sales/78\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "canceled"})
  void a_run_that_has_ended_has_no_lead_that_waits(String task) {
    runs();
    task(77, null);
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    ends(77, task);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(waiting()).isEqualTo(1);

    jdbc.sql("delete from flow_element_instance").update();
    assertThat(tellAfter(Duration.ofSeconds(30))).isEqualTo(1);
    assertThat(waiting()).isZero();
    assertThat(mails).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void what_the_mail_server_refuses_or_may_have_is_not_tried_again(boolean isRefused) {
    answer = isRefused ? new SendResult.Rejected("no such user") : new SendResult.Uncertain("lost");
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(tellAfter(Duration.ofHours(1))).isZero();
    assertThat(mails).hasSize(1);
  }

  @Test
  void who_takes_the_address_out_is_not_written_to() {
    handoffs.note(7, RUN, LEAD, "Half is gone", Tell.TEAM);
    people.introduce(new Salesperson("anna", "sales", true, null));
    assertThat(tellAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(mails).isEmpty();
  }

  /** For how many the time had come so much later, by the clock of the database. */
  private int tellAfter(Duration time) {
    jdbc.sql(
            """
            update sales_mail set noted_at = noted_at - :time * interval '1 second',
              next_attempt_at = next_attempt_at - :time * interval '1 second'
            """)
        .param("time", time.toSeconds())
        .update();
    int told = 0;
    while (worker.one()) {
      told++;
    }
    return told;
  }

  private TellSalespeople worker() {
    return new TellSalespeople(new SalesMailJdbc(jdbc), new Mailer(), "https://console.example");
  }

  private long waiting() {
    return jdbc.sql("select count(*) from sales_mail").query(Long.class).single();
  }

  private void runs() {
    jdbc.sql(
            """
            insert into flow_element_instance
              (key, partition, process_key, instance_key, element_id, element_type)
            values (:run, 1, 1, :run, 'sales-handoff', 'PROCESS')
            """)
        .param("run", RUN)
        .update();
  }

  private void ends(long task, String state) {
    jdbc.sql("update user_task set state = ? where key = ?").params(state, task).update();
  }

  private void task(long key, String assignee) {
    jdbc.sql(
            """
            insert into user_task (key, partition, process_key, process_id, version, instance_key,
              element_id, assignee, created_at, state, changed_at)
            values (?, 1, 1, 'sales-handoff', 1, ?, 'userTask_takeLead', ?, now(), 'open', now())
            """)
        .params(key, RUN, assignee)
        .update();
  }

  private final class Mailer implements Channel<EmailMessage> {
    @Override
    public String name() {
      return "email";
    }

    @Override
    public SendResult send(EmailMessage message, HandOver handOver) {
      mails.add(message);
      meanwhile.run();
      return answer;
    }
  }
}
