package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.segments.Segments;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepRuleTest {

  private final Feel feel = new Feel(Clock.systemUTC());
  private final StepRule rule =
      new StepRule(feel, Segments.read(Path.of("../bpmn/segments.dmn")).all());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "goal   | clicked |",
        "goal   | event   | the goal is an event without a name",
        "winner | better  |",
        "within | P1M     | is no time for a goal",
        "variants | A: 1, A: 1 | is no split"
      })
  void a_test_that_cannot_be_counted_is_told(String field, String value, String problem) {
    ServiceTaskBuilder task =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .serviceTask("task")
            .zeebeJobType("split")
            .zeebeTaskHeader(field, value);
    if (!field.equals("variants")) {
      task.zeebeTaskHeader("variants", "A: 50, B: 50");
    }
    expect(task.endEvent().done(), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event-guests |",
        "full-carts   | who is in segment full-carts is decided by its condition alone",
        "guests       | there is no segment guests"
      })
  void flows_fill_lists_alone(String segment, String problem) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .serviceTask("task")
            .zeebeJobType("change-segment")
            .zeebeTaskHeader("segment", segment)
            .endEvent()
            .done();
    expect(model, problem);
  }

  private void expect(BpmnModelInstance model, String problem) {
    Report report = new Report("flow.bpmn");
    rule.check(
        new Flow("flow.bpmn", "flow", "flow", model, (Process) model.getModelElementById("flow")),
        report);
    if (problem == null) {
      assertThat(report.findings()).isEmpty();
    } else {
      assertThat(report.findings()).singleElement().asString().contains("task").contains(problem);
    }
  }
}
