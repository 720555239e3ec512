package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import io.camunda.zeebe.model.bpmn.builder.EmbeddedSubProcessBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LoopRuleTest {

  private static final String ERROR =
      "error: a way leads from here back to here without a pause: it would run round and round →"
          + " put a Wait or an event into the loop (loop-without-wait)";

  private static final String WARNING =
      "flow.bpmn: call: warning: a way leads from here back to here, and only the flow that is"
          + " called may pause: if it does not, it would run round and round → put a Wait or an"
          + " event into the loop, unless that flow always waits (loop-by-call)";

  @Test
  void a_loop_has_to_pause() {
    assertThat(loop(step -> step.serviceTask("task"))).singleElement().asString().contains(ERROR);
    assertThat(
            loop(
                step -> step.serviceTask("task").intermediateCatchEvent().timerWithDuration("P7D")))
        .isEmpty();
    assertThat(loop(step -> step.userTask())).isEmpty();
  }

  @Test
  void a_sub_process_pauses_where_each_way_through_it_does() {
    assertThat(loop(step -> around(step, LoopRuleTest::week))).isEmpty();
    assertThat(loop(step -> around(step, inside -> inside.serviceTask("task"))))
        .singleElement()
        .asString()
        .contains(ERROR);
    assertThat(
            loop(
                step ->
                    around(
                        step,
                        inside ->
                            week(inside.exclusiveGateway("choice").condition("=a"))
                                .endEvent()
                                .moveToNode("choice")
                                .serviceTask("task"))))
        .as("one way of two")
        .singleElement()
        .asString()
        .contains(ERROR);
    assertThat(
            loop(
                step ->
                    around(
                        step,
                        inside ->
                            week(inside.exclusiveGateway("choice").condition("=a"))
                                .endEvent()
                                .moveToNode("choice")
                                .userTask())))
        .as("both ways")
        .isEmpty();
  }

  @Test
  void so_does_one_in_another() {
    assertThat(
            loop(
                step ->
                    around(step, inside -> around(inside, LoopRuleTest::week, "inner"), "outer")))
        .isEmpty();
    assertThat(
            loop(
                step ->
                    around(
                        step,
                        inside -> around(inside, it -> it.serviceTask("task"), "inner"),
                        "outer")))
        .singleElement()
        .asString()
        .contains(ERROR);
  }

  @Test
  void what_is_refused_before_the_pause_is_none() {
    assertThat(refused(inside -> week(send(inside)))).singleElement().asString().contains(ERROR);
    assertThat(refused(inside -> send(week(inside)))).isEmpty();
    assertThat(refused(inside -> send(week(inside.serviceTask().zeebeJobType("look-up")))))
        .isEmpty();
  }

  @Test
  void an_error_goes_the_way_that_is_for_it() {
    assertThat(sendsThenGoesAgain("touch.denied", "again")).isEmpty();
    assertThat(sendsThenGoesAgain("again", "touch.denied"))
        .singleElement()
        .asString()
        .contains(ERROR);
    assertThat(sendsThenGoesAgain("touch.denied", ""))
        .as("what is rejected goes the way for all")
        .singleElement()
        .asString()
        .contains(ERROR);
  }

  @Test
  void a_loop_within_a_sub_process_has_to_pause_too() {
    assertThat(
            loop(
                step ->
                    around(
                        step,
                        inside -> week(again(inside, it -> it.serviceTask("task"), "inner")))))
        .singleElement()
        .asString()
        .contains(ERROR);
    assertThat(loop(step -> around(step, inside -> again(inside, LoopRuleTest::week, "inner"))))
        .isEmpty();
  }

  @Test
  void of_a_called_flow_nobody_knows() {
    assertThat(loop(step -> step.callActivity("call").zeebeProcessId("nurturing")))
        .containsExactly(WARNING);
    assertThat(loop(step -> week(step.callActivity("call").zeebeProcessId("nurturing")))).isEmpty();
    assertThat(
            loop(
                step ->
                    around(
                        step, inside -> inside.callActivity("call").zeebeProcessId("nurturing"))))
        .containsExactly(WARNING);
  }

  @Test
  void where_ways_meet_the_one_that_pauses_makes_all_pause() {
    assertThat(loop(step -> atOnce(step, LoopRuleTest::week))).isEmpty();
    assertThat(loop(step -> atOnce(step, it -> around(it, LoopRuleTest::week)))).isEmpty();
    assertThat(loop(step -> atOnce(step, it -> it.serviceTask("other"))))
        .as("neither does")
        .singleElement()
        .asString()
        .contains(ERROR);
    assertThat(loop(step -> atOnce(step, it -> around(it, in -> in.serviceTask("other")))))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).contains(ERROR));
    assertThat(loop(step -> atOnce(step, it -> it.callActivity("call").zeebeProcessId("other"))))
        .containsExactly(WARNING);
  }

  /** A task, and this meanwhile. */
  private static AbstractFlowNodeBuilder<?, ?> atOnce(
      AbstractFlowNodeBuilder<?, ?> before, UnaryOperator<AbstractFlowNodeBuilder<?, ?>> other) {
    return other
        .apply(
            before
                .parallelGateway("fork")
                .serviceTask("task")
                .parallelGateway("join")
                .moveToNode("fork"))
        .connectTo("join");
  }

  /** A flow that goes round by what is put into it. */
  private static List<String> loop(UnaryOperator<AbstractFlowNodeBuilder<?, ?>> steps) {
    return RuleProbe.findings(
        new LoopRule(),
        again(Bpmn.createExecutableProcess("flow").startEvent(), steps, "again").endEvent().done());
  }

  private static AbstractFlowNodeBuilder<?, ?> again(
      AbstractFlowNodeBuilder<?, ?> before,
      UnaryOperator<AbstractFlowNodeBuilder<?, ?>> steps,
      String name) {
    return steps
        .apply(before.exclusiveGateway(name + "_begin"))
        .exclusiveGateway(name + "_end")
        .condition("=more")
        .connectTo(name + "_begin")
        .moveToNode(name + "_end");
  }

  /** A flow that goes round where something within a sub-process is refused. */
  private static List<String> refused(UnaryOperator<AbstractFlowNodeBuilder<?, ?>> steps) {
    return RuleProbe.findings(
        new LoopRule(),
        around(Bpmn.createExecutableProcess("flow").startEvent().exclusiveGateway("begin"), steps)
            .endEvent()
            .moveToActivity("around")
            .boundaryEvent("refused", boundary -> boundary.error("touch.denied"))
            .connectTo("begin")
            .done());
  }

  /** A flow that sends, and ends a week later by the error {@code again}. */
  private static List<String> sendsThenGoesAgain(String ends, String goesBack) {
    EmbeddedSubProcessBuilder inside =
        Bpmn.createExecutableProcess("flow")
            .startEvent()
            .exclusiveGateway("begin")
            .subProcess("around")
            .embeddedSubProcess();
    return RuleProbe.findings(
        new LoopRule(),
        week(send(inside.startEvent()))
            .endEvent()
            .error("again")
            .subProcessDone()
            .boundaryEvent("ends", boundary -> boundary.error(ends))
            .endEvent()
            .moveToActivity("around")
            .boundaryEvent("goesBack", boundary -> boundary.error(goesBack))
            .connectTo("begin")
            .done());
  }

  private static AbstractFlowNodeBuilder<?, ?> around(
      AbstractFlowNodeBuilder<?, ?> before, UnaryOperator<AbstractFlowNodeBuilder<?, ?>> steps) {
    return around(before, steps, "around");
  }

  private static AbstractFlowNodeBuilder<?, ?> around(
      AbstractFlowNodeBuilder<?, ?> before,
      UnaryOperator<AbstractFlowNodeBuilder<?, ?>> steps,
      String name) {
    EmbeddedSubProcessBuilder inside = before.subProcess(name).embeddedSubProcess();
    return steps.apply(inside.startEvent()).endEvent().subProcessDone();
  }

  private static AbstractFlowNodeBuilder<?, ?> week(AbstractFlowNodeBuilder<?, ?> before) {
    return before.intermediateCatchEvent().timerWithDuration("P7D");
  }

  private static AbstractFlowNodeBuilder<?, ?> send(AbstractFlowNodeBuilder<?, ?> before) {
    return before.serviceTask().zeebeJobType("send-email");
  }
}
