package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts are asked for, confirmed by the link or by an answer, and ended by STOP. */
class TextMessageSubscriptionIT extends FlowPaths {

  TextMessageSubscriptionIT(LocalRipen ripen) {
    super("text-message-subscription", ripen);
  }

  @Test
  void who_asks_confirms_by_the_link_and_is_subscribed_with_proof() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
    String text = lead.awaitsText(1);
    assertThat(text).startsWith("Juniper & Clay: ").containsPattern("STOP|СТОП");
    assertThat(consents(lead)).containsExactly("confirmation true null");

    lead.confirmsText(text);
    run.awaitEnd("endEvent_agreed");
    assertThat(consents(lead))
        .containsExactly("confirmation true null", "marketing true double-opt-in: link");
  }

  @Test
  void who_asks_confirms_by_a_word_ends_it_by_another_and_may_come_back() {
    for (String yes : List.of("YES", "Да", "igen.")) {
      Lead lead = aVisitor().visits("/").settles();
      Instances.Instance run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
      lead.awaitsText(1);
      lead.writes(yes);
      run.awaitEnd("endEvent_agreed");
      assertThat(consents(lead))
          .containsExactly("confirmation true null", "marketing true double-opt-in: answer");
    }

    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
    lead.awaitsText(1);
    lead.writes("YES");
    run.awaitEnd("endEvent_agreed");
    lead.writes("STOP");
    soon("the end of it").until(() -> consents(lead).contains("marketing false null"));
    minutesLater(1);

    run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
    lead.confirmsText(lead.awaitsText(2));
    run.awaitEnd("endEvent_agreed");
    assertThat(consents(lead)).last().isEqualTo("marketing true double-opt-in: link");
  }

  @Test
  void a_stop_ends_it_and_a_yes_of_who_was_not_asked_is_none() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
    lead.awaitsText(1);
    lead.writes("stop");
    run.awaitEnd("endEvent_refused");

    Lead other = aVisitor().does("Looked Around", Map.of()).hasPhone().settles();
    other.writes("ДА");
    assertThat(consents(other.settles())).isEmpty();
  }

  @Test
  void who_does_not_answer_is_not_subscribed() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(lead::asksForTexts).awaitAt("gateway_whatComesNext");
    daysLater(3);
    run.awaitEnd("endEvent_notConfirmed");
    assertThat(consents(lead)).containsExactly("confirmation true null");
  }

  @Test
  void who_asks_again_gets_the_text_again_but_not_for_ever() {
    Lead lead = aVisitor().visits("/").settles();
    Instances.Instance run = begins(lead::asksForTexts);
    for (int texts = 1; texts <= 3; texts++) {
      lead.awaitsText(texts);
      run.awaitAt("gateway_whatComesNext");
      lead.asksForTexts();
    }
    run.awaitAt("waitEvent_threeDaysMore");
    lead.asksForTexts().settles();
    daysLater(3);
    run.awaitEnd("endEvent_stillNotConfirmed");
    lead.awaitsText(3);
  }

  @Test
  void who_asks_without_a_number_has_nothing_to_confirm() {
    Lead visitor = aVisitor().visits("/").settles();
    begins(() -> visitor.does("Text Messages Requested", Map.of()))
        .awaitEnd("endEvent_sendConfirmNotSent");
  }

  private List<String> consents(Lead lead) {
    return ripen.database().textConsents(lead.id());
  }
}
