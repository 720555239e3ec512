package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopupFormRuleTest {

  private static final String ERROR =
      "flow.bpmn: step: error: there is no form news for sites → use one of contact, newsletter, or"
          + " draw forms/NAME.form in Camunda Modeler (form-missing)";

  @ParameterizedTest
  @CsvSource({
    "send-popup, newsletter, false",
    "send-popup, ' newsletter ', false",
    "send-popup, news, true",
    "send-best, news, false",
    "print-letter, news, false"
  })
  void a_popup_shows_a_form_that_is_there(String type, String form, boolean isTold) {
    var model =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .serviceTask("step")
            .zeebeJobType(type)
            .zeebeTaskHeader("form", form)
            .endEvent()
            .done();

    // In an order that the message tells.
    var rule = new PopupFormRule(new TreeSet<>(Set.of("contact", "newsletter")));

    assertThat(RuleProbe.findings(rule, model)).isEqualTo(isTold ? List.of(ERROR) : List.of());
  }
}
