package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ScriptTask;
import io.camunda.zeebe.model.bpmn.instance.SendTask;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.Optional;
import java.util.TreeSet;

/** Elements come from the palette: from templates that are there, with job types that run. */
final class TemplateRule implements FlowRule {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  /** The rule that tells of templates which are not there. */
  static final String MISSING = "template-missing";

  private final ElementTemplates templates;

  TemplateRule(ElementTemplates templates) {
    this.templates = templates;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (FlowNode node : flow.all(FlowNode.class)) {
      checkTemplate(node, report);
      if (node instanceof ServiceTask task) {
        checkJobType(task, report);
        checkFields(task, report);
      } else if (node instanceof ScriptTask) {
        report.error(
            node, "script", "a script task", "use a decision table, or an element of the palette");
      }
    }
  }

  private void checkTemplate(FlowNode node, Report report) {
    String id = node.getAttributeValueNs(ZEEBE, "modelerTemplate");
    if (id == null) {
      if (node instanceof ServiceTask || node instanceof SendTask) {
        report.error(
            node, "template", "it has no element template", "choose one, such as Send e-mail");
      }
      return;
    }
    String version = node.getAttributeValueNs(ZEEBE, "modelerTemplateVersion");
    if (!templates.has(id)) {
      report.error(
          node, MISSING, "there is no element template " + id, "choose one of the palette");
    } else if (!templates.has(id, version)) {
      report.error(
          node,
          "template",
          "the element template %s has no version %s".formatted(id, version),
          "update it to version " + templates.newest(id));
    }
  }

  /** What the template asks for. Messages and purposes have rules of their own. */
  private void checkFields(ServiceTask task, Report report) {
    String id = task.getAttributeValueNs(ZEEBE, "modelerTemplate");
    String version = task.getAttributeValueNs(ZEEBE, "modelerTemplateVersion");
    if (id == null || SendRule.isSend(task)) {
      return;
    }
    for (TemplateField field : templates.fields(id, version)) {
      field
          .check(field.in(task).orElse(null))
          .ifPresent(wrong -> report.error(task, "field", wrong.problem(), wrong.fix()));
    }
  }

  private void checkJobType(ServiceTask task, Report report) {
    Optional<String> type = Flow.jobType(task);
    if (type.isEmpty() || type.get().isBlank()) {
      report.error(
          task, "job-type", "it does nothing", "choose an element template, such as Send e-mail");
    } else if (!templates.jobTypes().contains(type.get())) {
      report.error(
          task,
          "job-type",
          "no worker does \"" + type.get() + "\"",
          "use one of " + String.join(", ", new TreeSet<>(templates.jobTypes())));
    }
  }
}
