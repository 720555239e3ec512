package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * People answer the letters of flows, by their own mail programs and telephones. Whoever of the
 * company opens the inbox reads it there.
 */
@OwnStack
@ExtendWith(RipenExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepliesIT {

  private static final String FLOW = "contact-request";
  private static final String RECEIVED = "startEvent_messageReceived";

  private final LocalRipen ripen = LocalRipen.startWith(Mailbox.here().options());
  private final Instances instances = new Instances(ripen);
  private final Browser browser;

  RepliesIT(Browser browser) {
    this.browser = browser;
  }

  @AfterAll
  void stop() {
    instances.close();
    ripen.close();
  }

  @Test
  void who_answers_a_letter_is_answered_by_a_person_and_no_program_is() {
    Lead lead = meets("customer-care");
    Mail letter = isToldHowToBegin(lead);
    long received = received();
    answers(lead, letter, "I am away until Monday.", "Auto-Submitted", "auto-replied");
    Instances.Instance run =
        begins(
            () ->
                answers(
                    lead,
                    letter,
                    """
                    Does it come with a lid?
                    Thank you!

                    On Monday, Ripen Shop <shop@example.com> wrote:
                    > Welcome!
                    """,
                    "X-Mailer",
                    "a person's"));
    run.awaitAt("userTask_answer");
    try (SalesTab anna = new SalesTab(ripen, browser, "anna", "support")) {
      anna.awaitLine("team", lead.name(), "Answer them");
      anna.opensTask(lead.name());
      assertThat(anna.page().locator("#written .lines"))
          .hasText("Does it come with a lid?\nThank you!");
      assertThat(anna.page().locator("#written"))
          .containsText("Answered by e-mail to “onboarding” of the flow customer-care");
      assertThat(anna.page().locator(".timeline")).containsText("Does it come with a lid?");
      assertThat(anna.page().locator(".timeline")).containsText("Ordered");
      Browser.screenshots(anna.page(), "sales-reply");
      anna.press("Take this task").press("Done");
    }
    run.awaitEnd("endEvent_answered");
    assertThat(received()).isEqualTo(received + 1);
  }

  @Test
  void who_answers_a_flow_that_waits_for_it_is_one_task() {
    Lead lead =
        meets("repeat-page-visit")
            .takesBack("marketing", "chat")
            .takesBack("marketing", "popup")
            .settles();
    lead.visits("/kettles").settles();
    later(Duration.ofHours(1));
    lead.visits("/kettles").settles();
    later(Duration.ofHours(1));
    Instances.Instance run =
        instances
            .begunBy("repeat-page-visit", () -> lead.visits("/kettles"))
            .awaitPast("serviceTask_helpByEmail");
    Mail offer = lead.awaits(1, "email");
    long received = received();
    Instances.Instance person = begins(() -> answers(lead, offer, "Is it blue?", "X-Mailer", "x"));
    run.awaitEnd("endEvent_readByPerson");
    person.awaitAt("userTask_answer");
    lead.settles();
    assertThat(received()).isEqualTo(received + 1);
    assertThat(lines(lead)).hasSize(1);
  }

  @Test
  void who_answers_a_text_is_answered_by_a_person_but_what_steers_texts_is_no_answer() {
    Lead lead = Lead.speaking("en", "text-message-subscription", ripen).visits("/").settles();
    lead.asksForTexts();
    lead.awaitsText(1);
    long received = received();
    lead.writes("HELP");
    Instances.Instance run = begins(() -> lead.writes("Who is this?"));
    run.awaitAt("userTask_answer");
    lead.writes("YES");
    lead.writes("STOP");
    soon("the end of it")
        .until(() -> ripen.database().textConsents(lead.id()).contains("marketing false null"));
    long key =
        soon("the task")
            .until(() -> ripen.database().openTaskOf(lead.id()), found -> found != null);
    String written =
        Jsoup.parse(ripen.http().get("/sales/" + key).body()).select("#written").text();
    assertThat(written)
        .contains("Who is this? Answered by sms to “confirm” of the flow text-message-subscription")
        .doesNotContain("HELP", "YES", "STOP");
    assertThat(received()).isEqualTo(received + 1);
  }

  private Lead meets(String flow) {
    return Lead.speaking("en", flow, ripen).whoMayBeWrittenTo().settles();
  }

  private Mail isToldHowToBegin(Lead lead) {
    instances.begunBy("customer-care", lead::buys).awaitAt("waitEvent_twoDays");
    later(Duration.ofDays(2));
    return lead.awaits(1, "email");
  }

  private void later(Duration step) {
    ripen.advance(step.plusSeconds(5));
  }

  private Instances.Instance begins(Runnable reply) {
    return instances.begunBy(FLOW, reply);
  }

  private long received() {
    return instances.countPast(FLOW, RECEIVED);
  }

  /** The lead's lines in the inbox. */
  private List<String> lines(Lead lead) {
    return Jsoup.parse(ripen.http().get("/sales?show=all&q=" + lead.name()).body())
        .select("tbody tr")
        .eachText();
  }

  /** As a mail program does. */
  private void answers(Lead lead, Mail letter, String text, String header, String value) {
    try {
      MimeMessage answer = new MimeMessage(Mailbox.here().session());
      answer.setFrom(new InternetAddress(lead.email()));
      answer.setRecipient(Message.RecipientType.TO, new InternetAddress(Mailbox.ADDRESS));
      answer.setSubject("Re: " + letter.subject(), UTF_8.name());
      answer.setHeader("In-Reply-To", letter.header("Message-ID"));
      answer.setHeader(header, value);
      answer.setText(text, UTF_8.name());
      Transport.send(answer);
    } catch (MessagingException e) {
      throw new AssertionError("the answer cannot be sent", e);
    }
  }
}
