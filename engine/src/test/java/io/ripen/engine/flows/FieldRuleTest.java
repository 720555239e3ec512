package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldRuleTest {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final Map<String, String> TEMPLATES =
      Map.of(
          "enter-flow", "io.ripen.limit-entry",
          "add-points", "io.ripen.add-points",
          "call-webhook", "io.ripen.call-webhook");

  private final TemplateRule templates =
      new TemplateRule(ElementTemplates.read(Path.of("../bpmn")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enter-flow   | again  | 30 days     | \"Again after\" is \"30 days\" | P30D",
        "enter-flow   | again  | P1DT        | \"Again after\" is \"P1DT\" | P30D",
        "enter-flow   | again  | P99999D     | \"Again after\" is \"P99999D\" | P30D",
        "enter-flow   | again  | P0D         | \"Again after\" is \"P0D\" | P30D",
        "enter-flow   | atMost | three       | \"At most\" is \"three\" | whole number",
        "enter-flow   | atMost | 0           | \"At most\" is \"0\" | whole number",
        "enter-flow   | atMost | 99999999999 | \"At most\" is \"99999999999\" | whole number",
        "add-points   | points | 99999999999 | \"Points\" is \"99999999999\" | whole number",
        "add-points   | points | ten         | \"Points\" is \"ten\" | whole number",
        "call-webhook | useBy  | a day       | \"Of use for\" is \"a day\" | P1D",
        "call-webhook | useBy  | P1W         | \"Of use for\" is \"P1W\" | P1D",
        "call-webhook | useBy  | PT0H        | \"Of use for\" is \"PT0H\" | P1D",
        "call-webhook | url    | https://me:pass@example.com/ | \"URL\" is no web address | https://",
        "call-webhook | url    | https://example.com/{lead}   | \"URL\" is no web address | https://"
      })
  void what_no_worker_could_read_is_told_once_with_what_to_write(
      String job, String field, String value, String problem, String fix) {
    BpmnModelInstance model = model(job, field, value);
    assertThat(findings(model, templates, new FieldRule()))
        .singleElement()
        .asString()
        .startsWith("flow.bpmn: task: error: " + problem)
        .contains(fix);
    assertThat(findings(model, new FieldRule()))
        .as("by a template of the palette as it was before")
        .singleElement()
        .asString()
        .startsWith("flow.bpmn: task: error: " + problem)
        .contains(fix);
  }

  @ParameterizedTest
  @CsvSource({
    "enter-flow, again, P30D",
    "enter-flow, again, P2W",
    "enter-flow, again, P1Y6M",
    "enter-flow, again, P1DT12H",
    "enter-flow, again, PT1H30M",
    "enter-flow, atMost, 3",
    "add-points, points, 10",
    "add-points, points, -5",
    "call-webhook, useBy, P1D",
    "call-webhook, useBy, P1DT12H",
    "call-webhook, useBy, PT4H30M",
    "call-webhook, url, http://localhost:8080/hook?x=1"
  })
  void what_workers_read_is_taken(String job, String field, String value) {
    assertThat(findings(model(job, field, value), templates, new FieldRule())).isEmpty();
  }

  @Test
  void fields_that_are_left_empty_are_no_mistake() {
    BpmnModelInstance model = model("enter-flow", "again", "");
    assertThat(findings(model, templates, new FieldRule())).isEmpty();
  }

  private static List<String> findings(BpmnModelInstance model, FlowRule... rules) {
    Report report = new Report("flow.bpmn");
    Flow flow =
        new Flow("flow.bpmn", "flow", "flow", model, (Process) model.getModelElementById("flow"));
    for (FlowRule rule : rules) {
      rule.check(flow, report);
    }
    return report.findings().stream().map(Finding::toString).toList();
  }

  private static BpmnModelInstance model(String job, String field, String value) {
    ServiceTaskBuilder task =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .serviceTask("task")
            .zeebeJobType(job)
            .zeebeTaskHeader(field, value);
    if (job.equals("add-points")) {
      task.zeebeTaskHeader("reason", "came by");
    } else if (job.equals("call-webhook") && !field.equals("url")) {
      task.zeebeTaskHeader("url", "https://example.com/hook");
    }
    BpmnModelInstance model = task.endEvent().done();
    ServiceTask drawn = model.getModelElementById("task");
    drawn.setAttributeValueNs(ZEEBE, "modelerTemplate", TEMPLATES.getOrDefault(job, ""));
    drawn.setAttributeValueNs(ZEEBE, "modelerTemplateVersion", "1");
    return model;
  }
}
