package io.ripen.channels.email;

import static io.ripen.channels.email.Received.ANNA;
import static io.ripen.channels.email.Received.ID;
import static io.ripen.channels.email.Received.PATH;
import static io.ripen.channels.email.Received.bounce;
import static io.ripen.channels.email.Received.complaint;
import static io.ripen.channels.email.Received.letter;
import static io.ripen.channels.email.Received.mime;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {

  private static final String PLAIN = "Content-Type: text/plain; charset=utf-8";
  private static final String ANSWER = "In-Reply-To: <" + ID + "@shop.example.com>\n" + PLAIN;
  private static final String NO_USER =
      "smtp; 550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown";

  private final Inbox inbox = new Inbox(PATH, Emails.CLOCK);

  private Optional<List<Inbound>> read(String message) throws Exception {
    return inbox.read(mime(message));
  }

  private Inbound one(String message) throws Exception {
    List<Inbound> told = read(message).orElseThrow();
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  @Test
  void a_bounce_tells_its_message_the_address_and_why() throws Exception {
    Inbound told = one(bounce(PATH.of(ID, ANNA), "failed", "5.1.1", NO_USER, ANNA));

    assertThat(told)
        .isEqualTo(
            new Inbound.Undelivered(
                told.id(),
                Emails.CLOCK.instant(),
                null,
                ID,
                ANNA,
                Cause.NO_SUCH_ADDRESS,
                "5.1.1",
                "the recipient's server refused it (5.1.1)"));
    assertThat(one(bounce(PATH.of(ID, ANNA), "failed", "5.1.1", NO_USER, ANNA)).id())
        .isEqualTo(told.id());
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.1, NO_SUCH_ADDRESS",
    "5.1.2, NO_SUCH_ADDRESS",
    "5.1.10, NO_SUCH_ADDRESS",
    "5.2.1, NO_SUCH_ADDRESS",
    "5.2.2, LOST",
    "5.4.4, LOST",
    "5.7.1, FILTERED",
    "5.7.26, FILTERED",
    "5.0.0, LOST",
    "4.4.1, LOST",
    "4.1.1, LOST"
  })
  void hard_and_soft_are_told_apart(String status, Cause cause) throws Exception {
    assertThat(one(bounce(PATH.of(ID, ANNA), "failed", status, "smtp; no", ANNA)))
        .isInstanceOfSatisfying(
            Inbound.Undelivered.class, told -> assertThat(told.cause()).isEqualTo(cause));
  }

  @Test
  void the_number_of_a_server_is_no_code() throws Exception {
    assertThat(
            one(
                bounce(
                    PATH.of(ID, ANNA),
                    "failed (after some time)",
                    "5.0.0",
                    "smtp; 550 refused from [195.5.1.1] and 5.2.1.33",
                    ANNA)))
        .isInstanceOfSatisfying(
            Inbound.Undelivered.class, told -> assertThat(told.code()).isEqualTo("5.0.0"));
  }

  @Test
  void a_report_that_does_not_say_of_what_kind_it_is_is_known_by_its_parts() throws Exception {
    assertThat(
            one(
                bounce(PATH.of(ID, ANNA), "failed", "5.1.1", NO_USER, ANNA)
                    .replace("report-type=delivery-status;\n", "\n")))
        .isInstanceOf(Inbound.Undelivered.class);
  }

  @Test
  void the_remote_servers_code_counts_where_ours_says_nothing() throws Exception {
    assertThat(one(bounce(PATH.of(ID, ANNA), "failed", "5.0.0", NO_USER, ANNA)))
        .isInstanceOfSatisfying(
            Inbound.Undelivered.class,
            told -> assertThat(told.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delayed", "relayed", "expanded"})
  void what_is_still_on_its_way_tells_nothing(String action) throws Exception {
    assertThat(read(bounce(PATH.of(ID, ANNA), action, "4.4.1", "smtp; later", ANNA)))
        .hasValue(List.of());
  }

  @Test
  void a_receipt_tells_that_it_arrived() throws Exception {
    assertThat(one(bounce(PATH.of(ID, ANNA), "delivered", "2.0.0", "smtp; 250 ok", ANNA)))
        .isInstanceOf(Inbound.Delivered.class);
  }

  @Test
  void nobodys_address_is_closed_by_a_bounce_that_somebody_else_writes() throws Exception {
    assertThat(one(bounce(PATH.of(ID, ANNA), "failed", "5.1.1", NO_USER, "victim@example.org")))
        .isInstanceOfSatisfying(Inbound.Undelivered.class, told -> assertThat(told.to()).isNull());
    assertThat(read(bounce("shop@example.com", "failed", "5.1.1", NO_USER, ANNA))).isEmpty();
    String invented = PATH.of(ID, ANNA).replaceFirst(".{8}@", "00000000@");
    assertThat(read(bounce(invented, "failed", "5.1.1", NO_USER, ANNA))).isEmpty();
  }

  @Test
  void without_a_return_path_the_message_id_that_comes_back_counts_and_no_address()
      throws Exception {
    assertThat(
            new Inbox(null, Emails.CLOCK)
                .read(mime(bounce("shop@example.com", "failed", "5.1.1", NO_USER, ANNA))))
        .hasValueSatisfying(
            told ->
                assertThat(told.getFirst())
                    .isInstanceOfSatisfying(
                        Inbound.Undelivered.class,
                        undelivered -> {
                          assertThat(undelivered.messageId()).isEqualTo(ID);
                          assertThat(undelivered.to()).isNull();
                        }));
  }

  @ParameterizedTest
  @CsvSource({"abuse, 1", "fraud, 1", "not-spam, 0", "other, 0"})
  void a_complaint_tells_its_message_and_the_address(String type, int count) throws Exception {
    Optional<List<Inbound>> told = read(complaint(type, PATH.of(ID, ANNA), ANNA));

    assertThat(told.orElseThrow()).hasSize(count);
    assertThat(told.get())
        .allSatisfy(
            each -> {
              Inbound.Complained complained = (Inbound.Complained) each;
              assertThat(complained.messageId()).isEqualTo(ID);
              assertThat(complained.to()).isEqualTo(ANNA);
            });
  }

  @Test
  void a_complaint_whose_addresses_are_taken_out_is_known_by_what_it_returns() throws Exception {
    String redacted = complaint("abuse", "redacted@provider.example", "redacted");
    assertThat(
            one(
                redacted.replace(
                    "From: Ripen Shop",
                    "Return-Path: <" + PATH.of(ID, ANNA) + ">\nFrom: Ripen Shop")))
        .isInstanceOfSatisfying(
            Inbound.Complained.class,
            complained -> {
              assertThat(complained.messageId()).isEqualTo(ID);
              assertThat(complained.to()).isNull();
            });
    // Whoever knows a Message-ID could have written it.
    assertThat(read(redacted)).isEmpty();
    assertThat(new Inbox(null, Emails.CLOCK).read(mime(redacted)).orElseThrow()).hasSize(1);
  }

  @Test
  void an_answer_tells_the_persons_own_words_and_what_they_answer() throws Exception {
    Inbound told =
        one(letter(ANSWER, "Yes, call me!\n\nOn Sun, 1 Mar 2026, Ripen Shop wrote:\n> Hello"));

    assertThat(told)
        .isEqualTo(
            new Inbound.Said(
                told.id(), Emails.CLOCK.instant(), "email", ANNA, "Yes, call me!", ID));
  }

  @Test
  void a_mail_programs_thread_tells_what_is_answered_too() throws Exception {
    assertThat(
            one(
                letter(
                    "References: <one@x.example>\n <%s@shop.example.com>\n%s".formatted(ID, PLAIN),
                    "Yes")))
        .isInstanceOfSatisfying(
            Inbound.Said.class, said -> assertThat(said.answerTo()).isEqualTo(ID));
  }

  @Test
  void html_is_read_as_text() throws Exception {
    String html =
        "<style>p {}</style><p>Igen, <b>kérem</b>!</p><p>Anna</p><blockquote>Szia</blockquote>";
    assertThat(one(letter("Content-Type: text/html; charset=utf-8", html)))
        .isInstanceOfSatisfying(
            Inbound.Said.class,
            said ->
                assertThat(said.text().lines().map(String::strip).filter(l -> !l.isEmpty()))
                    .containsExactly("Igen, kérem!", "Anna"));
  }

  @Test
  void the_plain_part_of_several_is_read_and_attachments_are_not() throws Exception {
    String parts =
        """
        --x
        Content-Type: multipart/alternative; boundary=y

        --y
        Content-Type: text/plain; charset=koi8-r
        Content-Transfer-Encoding: base64

        5MEhCg==
        --y
        Content-Type: text/html

        <p>no</p>
        --y--
        --x
        Content-Type: text/plain; name=a.txt
        Content-Disposition: attachment; filename=a.txt

        not this
        --x--
        """;
    assertThat(one(letter("Content-Type: multipart/mixed; boundary=x", parts)))
        .isInstanceOfSatisfying(
            Inbound.Said.class, said -> assertThat(said.text()).isEqualTo("Да!"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "X-Autoreply: yes"
      })
  void holiday_notices_are_no_answers(String header) throws Exception {
    String notice = letter(header + "\n" + ANSWER, "I am away");
    assertThat(read(notice)).hasValue(List.of());
    assertThat(read(notice.replace("shop@example.com>", PATH.of(ID, ANNA) + ">")))
        .hasValue(List.of());
  }

  @Test
  void what_only_a_person_understands_is_left_to_one() throws Exception {
    String strange =
        """
        Return-Path: <>
        From: postmaster@old.example
        To: %s
        Subject: failure notice
        Content-Type: text/plain

        Hi. I'm the old server and it did not work.
        """
            .formatted(PATH.of(ID, ANNA));
    assertThat(read(strange)).isEmpty();
    assertThat(read("From: a@x.example, b@x.example\nTo: shop@example.com\n\nHello")).isEmpty();
    assertThat(read("Subject: nobody\n\nHello")).isEmpty();
  }

  @Test
  void what_a_message_says_itself_of_its_time_is_not_believed() throws Exception {
    String late = letter(ANSWER, "Yes").replace("1 Mar 2026 09:30:00", "1 Mar 2036 09:30:00");
    assertThat(one(late).at()).isEqualTo(Emails.CLOCK.instant());
    assertThat(one(letter(ANSWER, "Yes")).at()).isEqualTo(Emails.CLOCK.instant());
  }

  @Test
  void a_letter_may_be_long_and_hold_anything() throws Exception {
    assertThat(one(letter(ANSWER, "a\0b" + "ő".repeat(20_000))))
        .isInstanceOfSatisfying(
            Inbound.Said.class,
            said -> assertThat(said.text()).startsWith("abő").hasSize(10_001).endsWith("…"));
  }
}
