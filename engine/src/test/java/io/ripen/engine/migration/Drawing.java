package io.ripen.engine.migration;

import java.util.ArrayList;
import java.util.List;

/** Draws small flows for tests: elements, and arrows between them as {@code a>b}. */
final class Drawing {

  static final String FLOW = "flow";

  private final List<String> elements = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private int arrows;

  static FlowGraph graph(Drawing drawing) {
    return FlowGraph.read(FLOW, drawing.xml());
  }

  Drawing start(String id) {
    return element("<bpmn:startEvent id=\"%s\" />".formatted(id));
  }

  Drawing end(String id) {
    return element("<bpmn:endEvent id=\"%s\" />".formatted(id));
  }

  Drawing wait(String id) {
    return element(
        """
        <bpmn:intermediateCatchEvent id="%s" name="Wait">
          <bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>
        </bpmn:intermediateCatchEvent>
        """
            .formatted(id));
  }

  Drawing answer(String id) {
    return signal(id, "answer");
  }

  /** Waits for {@code answer}, {@code reply}, or {@code reply_of_cart}, by another key. */
  Drawing signal(String id, String message) {
    return element(
        """
        <bpmn:intermediateCatchEvent id="%s">
          <bpmn:messageEventDefinition messageRef="message_%s" />
        </bpmn:intermediateCatchEvent>
        """
            .formatted(id, message));
  }

  Drawing whatComesFirst(String id) {
    return element("<bpmn:eventBasedGateway id=\"%s\" />".formatted(id));
  }

  Drawing send(String id, String message) {
    return element(
        """
        <bpmn:serviceTask id="%s" name="Send %s">
          <bpmn:extensionElements>
            <zeebe:taskDefinition type="send-email" />
            <zeebe:taskHeaders><zeebe:header key="message" value="%s" /></zeebe:taskHeaders>
          </bpmn:extensionElements>
        </bpmn:serviceTask>
        """
            .formatted(id, message, message));
  }

  Drawing call(String id, String flow) {
    return element(
        """
        <bpmn:callActivity id="%s">
          <bpmn:extensionElements><zeebe:calledElement processId="%s" /></bpmn:extensionElements>
        </bpmn:callActivity>
        """
            .formatted(id, flow));
  }

  Drawing job(String id) {
    return element(
        """
        <bpmn:serviceTask id="%s">
          <bpmn:extensionElements><zeebe:taskDefinition type="split" /></bpmn:extensionElements>
        </bpmn:serviceTask>
        """
            .formatted(id));
  }

  Drawing notSent(String id, String task) {
    return element(
        """
        <bpmn:boundaryEvent id="%s" attachedToRef="%s"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>
        """
            .formatted(id, task));
  }

  /** What is drawn in there lies in a sub-process. */
  Drawing inside(String id, Drawing inner) {
    return element(
        "<bpmn:subProcess id=\"%s\">%s</bpmn:subProcess>".formatted(id, inner.content()));
  }

  /** An event sub-process that a message starts. */
  Drawing exit(String id, boolean interrupting, Drawing inner) {
    return element(
        """
        <bpmn:subProcess id="%s" triggeredByEvent="true">
          <bpmn:startEvent id="%s_start" isInterrupting="%s">
            <bpmn:messageEventDefinition messageRef="message_answer" />
          </bpmn:startEvent>
          %s
        </bpmn:subProcess>
        """
            .formatted(id, id, interrupting, inner.content()));
  }

  /** Arrows along these elements. */
  Drawing way(String... ids) {
    for (int i = 1; i < ids.length; i++) {
      after.add(
          "<bpmn:sequenceFlow id=\"arrow_%s_%s_%d\" sourceRef=\"%s\" targetRef=\"%s\" />"
              .formatted(ids[i - 1], ids[i], arrows++, ids[i - 1], ids[i]));
    }
    return this;
  }

  private Drawing element(String xml) {
    elements.add(xml);
    return this;
  }

  private String content() {
    return String.join("\n", elements) + String.join("\n", after);
  }

  String xml() {
    return """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="test">
          <bpmn:process id="%s" isExecutable="true">%s</bpmn:process>
          <bpmn:message id="message_answer" name="answer" />
          <bpmn:message id="message_reply" name="reply">
            <bpmn:extensionElements><zeebe:subscription correlationKey="=leadId" /></bpmn:extensionElements>
          </bpmn:message>
          <bpmn:message id="message_reply_of_cart" name="reply">
            <bpmn:extensionElements><zeebe:subscription correlationKey="=cartId" /></bpmn:extensionElements>
          </bpmn:message>
        </bpmn:definitions>
        """
        .formatted(FLOW, content());
  }
}
