package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecondVisitSubscriptionIT extends FlowPaths {

  private static final Map<String, String> LETTERS = Map.of("letters", "true");

  SecondVisitSubscriptionIT(LocalRipen ripen) {
    super("second-visit-subscription", ripen);
  }

  @Test
  void a_visitor_who_comes_back_is_offered_the_newsletter_and_confirms_it() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> comesBack(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.identifies().does("Subscription Requested", Map.of());
    run.awaitAt("gateway_whatComesNext");
    visitor.confirms(visitor.awaits(1, "email"));
    run.awaitEnd("endEvent_newsletterAgreed");

    begins(() -> comesBack(visitor)).awaitEnd("endEvent_notSubscribedRefused");
  }

  @Test
  void who_has_left_the_newsletter_is_not_asked_and_may_ask_for_it() {
    Lead lead = aLead().takesBack("newsletter", "email").settles();
    begins(() -> comesBack(lead)).awaitEnd("endEvent_notSubscribedRefused");

    Instances.Instance run =
        begins(() -> lead.fillsIn("newsletter", LETTERS)).awaitAt("gateway_whatComesNext");
    lead.confirms(lead.awaits(1, "email"));
    run.awaitEnd("endEvent_newsletterAgreed");
  }

  @Test
  void a_lead_gets_an_email_and_may_not_care() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> comesBack(lead)).awaitPast("serviceTask_offerByEmail");
    lead.awaits(1, "email");
    daysLater(7);
    run.awaitEnd("endEvent_noInterest");
  }

  @Test
  void who_sends_the_form_confirms_it_whether_they_were_offered_it_or_not() {
    Lead visitor = aVisitor().visits("/").settles();
    Instances.Instance run =
        begins(() -> visitor.fillsIn("newsletter", LETTERS)).awaitAt("gateway_whatComesNext");
    visitor.confirms(visitor.awaits(1, "email"));
    run.awaitEnd("endEvent_newsletterAgreed");

    Lead offered = aVisitor();
    run = begins(() -> comesBack(offered).sees("popup")).awaitPast("serviceTask_offerByPopup");
    offered.fillsIn("newsletter", LETTERS);
    run.awaitAt("gateway_whatComesNext");
    offered.settles().awaits(1, "email");
  }

  @Test
  void who_asks_and_does_not_confirm_is_not_subscribed() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> comesBack(lead)).awaitPast("serviceTask_offerByEmail");
    lead.does("Subscription Requested", Map.of());
    run.awaitAt("gateway_whatComesNext");
    daysLater(3);
    run.awaitEnd("endEvent_notConfirmed");
  }

  @Test
  void who_allows_other_things_meanwhile_is_not_subscribed() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run =
        begins(() -> lead.fillsIn("newsletter", LETTERS)).awaitAt("gateway_whatComesNext");
    lead.agreesTo("marketing", "email").agreesTo("newsletter", "push").settles();
    daysLater(3);
    run.awaitEnd("endEvent_notConfirmed");
  }

  @Test
  void who_asks_again_gets_the_email_again_but_not_for_ever() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(() -> lead.fillsIn("newsletter", LETTERS));
    for (int emails = 1; emails <= 3; emails++) {
      lead.awaits(emails, "email");
      run.awaitAt("gateway_whatComesNext");
      lead.fillsIn("newsletter", LETTERS);
    }
    run.awaitAt("waitEvent_threeDaysMore");
    lead.fillsIn("newsletter", LETTERS).settles();
    daysLater(3);
    run.awaitEnd("endEvent_stillNotConfirmed");
    lead.awaits(3, "email");
  }

  @Test
  void who_asks_without_an_address_has_nothing_to_confirm() {
    Lead visitor = aVisitor();
    Instances.Instance run =
        begins(() -> comesBack(visitor).sees("popup")).awaitPast("serviceTask_offerByPopup");
    visitor.does("Subscription Requested", Map.of());
    run.awaitEnd("endEvent_sendConfirmNotSent");
  }

  @Test
  void who_has_an_address_and_does_not_want_mail_sees_the_popup() {
    Lead lead = aVisitor().identifies().settles();
    begins(() -> comesBack(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_left_a_telephone_number_alone_sees_the_popup() {
    Lead lead = aVisitor().hasPhone().settles();
    Instances.Instance run =
        begins(() -> comesBack(lead).sees("popup")).awaitPast("serviceTask_offerByPopup");
    lead.fillsIn("newsletter", LETTERS);
    run.awaitAt("gateway_whatComesNext");
  }

  @Test
  void who_does_not_want_popups_sees_none() {
    Lead visitor = aVisitor().takesBack("marketing", "popup").settles();
    begins(() -> comesBack(visitor)).awaitEnd("endEvent_offerByPopupNotSent");
  }

  /** A first visit and, after a pause, a second one. */
  private Lead comesBack(Lead lead) {
    lead.visits("/").settles();
    hoursLater(1);
    return lead.visits("/again");
  }
}
