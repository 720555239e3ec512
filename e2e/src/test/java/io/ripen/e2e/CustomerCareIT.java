package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomerCareIT extends FlowPaths {

  /** The flow that has somebody call. */
  private static final String CALL = "contact-request";

  CustomerCareIT(LocalRipen ripen) {
    super("customer-care", ripen);
  }

  @Test
  void a_happy_customer_is_asked_for_a_referral_won_back_later_and_cared_for_again() {
    Lead lead = aLead();
    Instances.Instance run = toTheReview(lead);
    lead.answers(lead.awaits(2, "email"), "happy", "yes");
    run.awaitPast("serviceTask_askReferral").awaitAt("waitEvent_month");
    daysLater(30);
    run.awaitAt("waitEvent_twoMonths");
    daysLater(60);
    run.awaitPast("serviceTask_sendRepeatOrder").awaitAt("waitEvent_lastMonth");
    daysLater(30);
    run.awaitEnd("endEvent_winBackSent");
    lead.awaits(6, "email");

    daysLater(64);
    begins(lead::buys).awaitAt("waitEvent_twoDays");
  }

  @Test
  void the_unhappy_one_is_called_though_they_unsubscribe_by_the_same_email() {
    Lead lead = aLead();
    Instances.Instance run = toTheReview(lead);
    Mail review = lead.awaits(2, "email");
    Instances.Instance call = begins(CALL, () -> lead.answers(review, "happy", "no"));
    call.awaitAt("userTask_call");
    run.awaitAt("waitEvent_month");
    lead.takesBack("marketing", "email");
    run.awaitEnd("endEvent_marketingWithdrawn");
    decides(lead, "DISQUALIFIED");
    call.completes("userTask_call");
    call.awaitEnd("endEvent_called");
  }

  @Test
  void who_was_happy_at_first_and_says_no_after_a_week_is_called() {
    Lead lead = aLead();
    Instances.Instance run = toTheReview(lead);
    Mail review = lead.awaits(2, "email");
    lead.answers(review, "happy", "yes");
    run.awaitPast("serviceTask_askReferral").awaitAt("waitEvent_month");
    daysLater(8);
    begins(CALL, () -> lead.answers(review, "happy", "no")).awaitAt("userTask_call");
  }

  @Test
  void the_unhappy_one_buys_again_without_being_asked() {
    Lead lead = aLead();
    Instances.Instance run = toTheReview(lead);
    lead.answers(lead.awaits(2, "email"), "happy", "no");
    run.awaitPast("serviceTask_lookUpHappy").awaitAt("waitEvent_month");
    daysLater(30);
    run.awaitAt("waitEvent_twoMonths");
    daysLater(30);
    lead.buys().settles();
    daysLater(31);
    run.awaitPast("boundaryEvent_sendRepeatOrderNotSent").awaitAt("waitEvent_lastMonth");
    daysLater(30);
    run.awaitEnd("endEvent_bought");

    begins(lead::buys).awaitEnd("endEvent_twiceAYearRefused");
  }

  /** As a salesperson's "Won" does, with nothing bought in the shop. */
  @Test
  void whom_sales_won_is_cared_for_and_not_reminded_of_an_order() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> decides(lead, "CUSTOMER")).awaitAt("waitEvent_twoDays");
    daysLater(2);
    run.awaitAt("waitEvent_twoWeeks");
    daysLater(14);
    run.awaitPast("serviceTask_askReview");
    daysLater(7);
    run.awaitAt("waitEvent_month");
    daysLater(30);
    run.awaitAt("waitEvent_twoMonths");
    daysLater(60);
    run.awaitPast("boundaryEvent_sendRepeatOrderNotSent").awaitAt("waitEvent_lastMonth");
    daysLater(30);
    run.awaitEnd("endEvent_winBackSent");
    lead.awaits(4, "email");
    assertThat(lead.why("repeat-order")).contains("The condition does not hold");
  }

  @Test
  void nobody_is_thanked_for_an_order_that_was_cancelled() {
    Lead lead = aLead();
    String order = "order-" + UUID.randomUUID();
    Instances.Instance run =
        begins(
                () ->
                    lead.does(
                        "Order Completed",
                        Map.of("order_id", order, "total", 40, "currency", "EUR")))
            .awaitAt("waitEvent_twoDays");
    lead.does("Order Cancelled", Map.of("order_id", order)).settles();
    daysLater(2);
    run.awaitPast("boundaryEvent_sendOnboardingNotSent").awaitAt("waitEvent_twoWeeks");
    daysLater(14);
    run.awaitPast("boundaryEvent_askReviewNotSent").awaitAt("waitEvent_month");
    daysLater(30);
    run.awaitPast("boundaryEvent_sendCrossSellNotSent").awaitAt("waitEvent_twoMonths");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_says_nothing_or_something_else_goes_on_all_the_same() {
    Lead silent = aLead();
    Instances.Instance run = toTheReview(silent);
    daysLater(7);
    run.awaitAt("waitEvent_month").awaitPast("waitEvent_noAnswer");

    Lead other = aLead();
    run = toTheReview(other);
    other.does("Question Answered", Map.of("question", "happy", "answer", "perhaps"));
    run.awaitAt("waitEvent_month").awaitPast("serviceTask_lookUpHappy");
    decides(other, "DISQUALIFIED");
    run.awaitEnd("endEvent_becameDisqualified");
  }

  @Test
  void a_customer_who_takes_no_marketing_gets_none() {
    Lead lead = aVisitor().identifies().settles();
    Instances.Instance run = begins(lead::buys).awaitAt("waitEvent_twoDays");
    daysLater(2);
    run.awaitAt("waitEvent_twoWeeks");
    daysLater(14);
    run.awaitAt("waitEvent_month");
    daysLater(30);
    run.awaitAt("waitEvent_twoMonths");
    daysLater(60);
    run.awaitAt("waitEvent_lastMonth");
    daysLater(31);
    run.awaitEnd("endEvent_sendWinBackNotSent");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void a_happy_customer_who_unsubscribed_from_the_rest_is_not_asked() {
    Lead lead = aVisitor().identifies().settles();
    Instances.Instance run = begins(lead::buys).awaitAt("waitEvent_twoDays");
    lead.agreesTo("marketing", "email").settles();
    daysLater(2);
    run.awaitAt("waitEvent_twoWeeks");
    daysLater(14);
    run.awaitPast("serviceTask_askReview");
    ripen.database().withdrawConsents(lead.id());
    lead.does("Question Answered", Map.of("question", "happy", "answer", "yes"));
    run.awaitPast("boundaryEvent_askReferralNotSent").awaitAt("waitEvent_month");
    decides(lead, "NO_NEED");
    run.awaitEnd("endEvent_becameNoNeed");
  }

  @Test
  void who_unsubscribes_is_left_alone_and_cared_for_twice_a_year_at_most() {
    Lead lead = aLead();
    Instances.Instance run = begins(lead::buys).awaitAt("waitEvent_twoDays");
    lead.takesBack("marketing", "push").takesBack("newsletter", "email").settles();
    daysLater(2);
    run.awaitAt("waitEvent_twoWeeks");
    lead.awaits(1, "email");
    lead.takesBack("marketing", "email");
    run.awaitEnd("endEvent_marketingWithdrawn");

    decides(lead, "NO_NEED");
    lead.settles();
    hoursLater(1);
    begins(lead::buys).awaitEnd("endEvent_twiceAYearRefused");
  }

  private Instances.Instance toTheReview(Lead lead) {
    Instances.Instance run = begins(lead::buys).awaitAt("waitEvent_twoDays");
    daysLater(2);
    run.awaitAt("waitEvent_twoWeeks");
    daysLater(14);
    return run.awaitPast("serviceTask_askReview");
  }
}
