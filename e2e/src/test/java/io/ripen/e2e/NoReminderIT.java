package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.DAY;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who are left alone, and why. */
@ExtendWith(RipenExtension.class)
class NoReminderIT {

  private final LocalRipen ripen;
  private final Visitor visitor;

  NoReminderIT(LocalRipen ripen, Browser browser) {
    this.ripen = ripen;
    this.visitor = new Visitor(ripen, browser);
  }

  @AfterEach
  void visitor_leaves() {
    visitor.close();
  }

  @Test
  void buyer_gets_none() {
    visitor.opensShop().adds("juniper-mug").leavesAddress(visitor.email(), true).placesOrder();
    visitor.awaitOnTimeline("Ordered (order");
    awaitNoCart();

    visitor.awaitNothing();
    assertThat(visitor.mails()).isEmpty();
  }

  @Test
  void who_empties_the_cart_gets_none() {
    ShopTab shop = visitor.opensShop().adds("juniper-mug");
    shop.leavesAddress(visitor.email(), true).turnsAway();
    visitor.awaitCounting(1, 1);
    shop.takesOut("juniper-mug");
    awaitNoCart();

    visitor.awaitNothing();
    assertThat(visitor.mails()).isEmpty();
  }

  @Test
  void who_did_not_consent_gets_none_and_the_timeline_says_why() {
    abandonsCart(false);
    ripen.advance(HOUR);
    visitor.awaitOnTimeline("never agreed to marketing messages by email");

    visitor.awaitNothing();
    assertThat(visitor.mails()).isEmpty();
  }

  @Test
  void who_unsubscribes_on_the_page_gets_no_further_mail_and_the_timeline_says_why() {
    unsubscribes(getsReminder());

    ripen.advance(DAY);
    awaitUnsubscribedAsReasonOf("Last offer");
    visitor.awaitNothing();
    assertThat(visitor.mails()).hasSize(1);
  }

  @Test
  void who_unsubscribed_before_leaving_a_cart_gets_none_and_the_timeline_says_why() {
    unsubscribes(getsReminder());
    visitor.opensShop().leavesAddress(visitor.email(), false).placesOrder();
    awaitNoCart();

    visitor.opens("/shop?cart=new").adds("oak-tea-tray");
    visitor.awaitCounting(1, 2);
    ripen.advance(HOUR);
    awaitUnsubscribedAsReasonOf("Reminder");
    visitor.awaitNothing();
    assertThat(visitor.mails()).hasSize(1);
  }

  @Test
  void mail_programs_unsubscribe_with_one_click_and_a_look_at_the_link_does_nothing() {
    Mail reminder = getsReminder();
    String header = reminder.header("List-Unsubscribe");
    String link = header.substring(header.indexOf('<') + 1, header.indexOf('>'));
    assertThat(ripen.http().get(link).statusCode()).isEqualTo(200);
    assertThat(visitor.timeline()).doesNotContain("Unsubscribed by the link");

    assertThat(
            ripen
                .http()
                .post(link, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
                .statusCode())
        .isEqualTo(200);
    visitor.awaitOnTimeline("Unsubscribed by the link");
    ripen.advance(DAY);
    visitor.awaitNothing();
    assertThat(visitor.mails()).hasSize(1);
  }

  @Test
  void whose_mailbox_does_not_exist_gets_no_further_mail_and_the_timeline_says_why() {
    Mail reminder = getsReminder();
    assertThat(
            ripen
                .http()
                .deliver(
                    """
                    Return-Path: <>
                    From: MAILER-DAEMON@mx.example.com
                    To: shop@example.com
                    Message-ID: <bounce-of-%1$s
                    MIME-Version: 1.0
                    Content-Type: multipart/report; report-type=delivery-status; boundary="part"

                    --part
                    Content-Type: message/delivery-status

                    Reporting-MTA: dns; mx.example.com

                    Final-Recipient: rfc822; %2$s
                    Action: failed
                    Status: 5.1.1

                    --part
                    Content-Type: text/rfc822-headers

                    Message-ID: <%1$s

                    --part--
                    """
                        .formatted(reminder.header("Message-ID").substring(1), visitor.email()))
                .statusCode())
        .isEqualTo(200);
    visitor.awaitOnTimeline("5.1.1");

    ripen.advance(DAY);
    visitor.awaitOnTimeline("Last offer e-mail not sent");
    visitor.awaitNothing();
    assertThat(visitor.mails()).hasSize(1);
  }

  @Test
  void of_two_carts_in_two_tabs_only_the_one_left_behind_is_reminded_of() {
    ShopTab first = visitor.opensShop().adds("juniper-mug");
    ShopTab second = visitor.opens("/shop?cart=new").adds("oak-tea-tray");
    second.leavesAddress(visitor.email(), true).turnsAway();
    visitor.awaitCounting(2, 2);
    first.leavesAddress(visitor.email(), true).placesOrder();
    soon("the one cart that is left")
        .until(() -> ripen.database().openCartsOf(visitor.email()) == 1);

    ripen.advance(HOUR);
    visitor.awaitMails(1);
    visitor.awaitNothing();
    assertThat(visitor.mails())
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.html().text())
                    .contains("Oak Tea Tray")
                    .doesNotContain("Juniper Mug"));
  }

  private void unsubscribes(Mail mail) {
    Page page = visitor.page(mail.link("Unsubscribe"));
    page.getByRole(AriaRole.BUTTON).click();
    page.getByText("You are unsubscribed").waitFor();
    visitor.awaitOnTimeline("Unsubscribed by the link");
  }

  private Mail getsReminder() {
    abandonsCart(true);
    ripen.advance(HOUR);
    return visitor.awaitMails(1).getFirst();
  }

  private void abandonsCart(boolean consent) {
    visitor.opensShop().adds("honey-pot").leavesAddress(visitor.email(), consent).turnsAway();
    visitor.awaitCounting(1, 1, consent ? 1 : 0);
  }

  /** In the gate's words, which other flows' e-mails have on the same timeline. */
  private void awaitUnsubscribedAsReasonOf(String message) {
    Pattern reason =
        Pattern.compile(
            message
                + " e-mail not sent: Nobody may write to this address since"
                + " \\d{4}-\\d{2}-\\d{2} \\(unsubscribed\\)");
    soon("the reason").untilAsserted(() -> assertThat(visitor.timeline()).containsPattern(reason));
  }

  private void awaitNoCart() {
    soon("a cart that is closed").until(() -> ripen.database().openCartsOf(visitor.email()) == 0);
  }
}
