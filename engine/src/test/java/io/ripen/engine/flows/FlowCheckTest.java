package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks what Ripen ships, one thing at a time. */
class FlowCheckTest {

  private static final String FLOW = "abandoned-cart/abandoned-cart.bpmn";
  private static final String QUALIFICATION = "qualification/qualification.bpmn";
  private static final String HANDOFF = "sales-handoff/sales-handoff.bpmn";
  private static final String TEMPLATES = ".camunda/element-templates/";
  private static final String NUDGE = "abandoned-cart/messages/nudge.hu.short.txt";
  private static final String WITHOUT_WHATSAPP =
      "it names no template for WhatsApp, as it does in another language → add WhatsApp: HX…, or who"
          + " has not written for a day gets what is set for all messages (message-whatsapp)";
  private static final String REMINDER = "abandoned-cart/messages/reminder.en.mjml";

  private static final String NO_NURTURING =
      QUALIFICATION
          + ": serviceTask_startNurturing: error: there is no flow nurturing → draw it, and deploy it"
          + " with this one; there are abandoned-cart, qualification, sales-handoff (flow-missing)";

  private static final String NO_NUDGE =
      "abandoned-cart: warning: no task sends nudge → name it in a Send e-mail task, or delete it"
          + " (message-unused)";

  private static final String DRAW_AGAIN = "draw it again in Camunda Modeler, for Camunda 8 (bpmn)";

  /** Before a finding whose end is a library's words. */
  private static final String STARTS = "STARTS ";

  @TempDir Path bpmn;

  /**
   * @param file what is changed
   * @param was a regular expression; the first match is replaced, the whole file where it is empty
   * @param found each finding in full
   */
  private record Broken(String name, String file, String was, String is, List<String> found) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void aFlowInOrder() throws IOException {
    Shipped.flows(bpmn);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void what_is_wrong_is_told_with_file_element_reason_and_remedy(Broken broken) throws IOException {
    if (broken.file().equals(QUALIFICATION)) {
      Shipped.also("qualification", bpmn);
    }
    Path file = bpmn.resolve(broken.file());
    String text = Files.readString(file);
    String changed =
        broken.was().isEmpty()
            ? broken.is()
            : Pattern.compile(broken.was(), Pattern.DOTALL).matcher(text).replaceFirst(broken.is());
    assertThat(changed).as("the change").isNotEqualTo(text);
    Files.writeString(file, changed);

    List<String> found = new FlowCheck(bpmn).all().stream().map(Finding::toString).toList();

    assertThat(broken.found()).isNotEmpty();
    for (String expected : broken.found()) {
      assertThat(found).anySatisfy(finding -> assertThat(finding).matches(pattern(expected)));
    }
    assertThat(found).as("what repeats the cause is not told").hasSameSizeAs(broken.found());
  }

  @Test
  void a_folder_that_is_a_link_is_checked_as_what_it_leads_to(@TempDir Path elsewhere)
      throws IOException {
    Files.writeString(bpmn.resolve(FLOW), "no flow at all");
    Path link = Files.createSymbolicLink(elsewhere.resolve("bpmn"), bpmn);

    assertThat(new FlowCheck(link).all()).isNotEmpty().isEqualTo(new FlowCheck(bpmn).all());
  }

  /** A line's number depends on the flow's layout. */
  private static Pattern pattern(String expected) {
    boolean starts = expected.startsWith(STARTS);
    String text = starts ? expected.substring(STARTS.length()) : expected;
    String quoted =
        Pattern.compile("line \\d+")
            .splitAsStream(text)
            .map(Pattern::quote)
            .collect(Collectors.joining("line \\d+"));
    return Pattern.compile(quoted + (starts ? ".*" : ""), Pattern.DOTALL);
  }

  static Stream<Broken> broken() {
    return Stream.of(
        flow(
            "no_xml",
            "</bpmn:process>",
            "",
            "line 137: error: it is no XML: The element type \"bpmn:process\" must be terminated by"
                + " the matching end-tag \"</bpmn:process>\". → correct it, or draw it again (xml)"),
        flow(
            "an_entity",
            "<bpmn:definitions",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><bpmn:definitions",
            "line 2: error: it is no XML: DOCTYPE is disallowed when the feature"
                + " \"http://apache.org/xml/features/disallow-doctype-decl\" set to true."
                + " → correct it, or draw it again (xml)"),
        new Broken(
            "a_segment_by_an_unknown_fact",
            "segments.dmn",
            "lead.openCarts",
            "lead.openCart",
            List.of(
                "segments.dmn: error: segment full-carts: there is no fact lead.openCart (did you mean"
                    + " lead.openCarts?) → correct it in Camunda Modeler: the engine does not"
                    + " start with it (segments)")),
        new Broken(
            "a_segment_by_a_name_that_is_no_fact",
            "segments.dmn",
            "lead.openCarts",
            "led.openCarts",
            List.of(
                "segments.dmn: error: segment full-carts: there is no fact led.openCarts (did you mean"
                    + " lead.openCarts?) → correct it in Camunda Modeler: the engine does not"
                    + " start with it (segments)")),
        new Broken(
            "a_condition_that_does_not_parse",
            HANDOFF,
            "=outcome = \"won\"",
            "=outcome = = won",
            List.of(
                STARTS
                    + HANDOFF
                    + ": flow_outcome_won: error: FEEL expression \"=outcome = = won\": ")),
        new Broken(
            "a_condition_without_quotes",
            HANDOFF,
            "=outcome = \"won\"",
            "=outcome = won",
            List.of(
                HANDOFF
                    + ": flow_outcome_won: warning: nothing in the flow sets won, so that it is never"
                    + " known → set it by a step before, such as Look up, or write \"won\" if it is a"
                    + " text (variable-unset)")),
        new Broken(
            "a_deadline_by_what_nobody_sets",
            HANDOFF,
            "=duration\\(remindAfter\\)",
            "=duration(remindAfterwards)",
            List.of(
                STARTS
                    + HANDOFF
                    + ": boundaryEvent_halfTime: warning: nothing in the flow sets remindAfterwards,")),
        new Broken(
            "a_stage_without_a_reason",
            HANDOFF,
            "<zeebe:ioMapping>\\s*<zeebe:input source=\"sales: no need\".*?</zeebe:ioMapping>",
            "",
            List.of(
                HANDOFF + ": serviceTask_noNeed: error: \"Reason\" is empty → fill it in (field)")),
        new Broken(
            "a_reason_that_nobody_finds_out",
            HANDOFF,
            "lower case\\(outcomeReason\\)",
            "lower case(outcomeReasons)",
            List.of(
                HANDOFF
                    + ": serviceTask_disqualified: warning: nothing in the flow sets outcomeReasons,"
                    + " so that it is never known → did you mean outcomeReason? (variable-unset)")),
        new Broken(
            "a_gateway_without_a_default",
            HANDOFF,
            " default=\"flow_outcome_notNow\"(.*?)(<bpmn:sequenceFlow id=\"flow_outcome_notNow\"[^>]*)/>",
            "$1$2><bpmn:conditionExpression>=outcome = \"notNow\"</bpmn:conditionExpression>"
                + "</bpmn:sequenceFlow>",
            List.of(
                HANDOFF
                    + ": gateway_outcome: warning: each way from here has a condition: should none"
                    + " hold, the run stands still → make one of them the default flow in Camunda"
                    + " Modeler (no-default)")),
        new Broken(
            "an_empty_file",
            FLOW,
            "",
            " ",
            List.of(
                FLOW
                    + ": line 1: error: it is no XML: Premature end of file."
                    + " → correct it, or draw it again (xml)")),
        new Broken(
            "something_else_than_bpmn",
            FLOW,
            "",
            "<html/>",
            List.of(
                FLOW + ": error: it is no BPMN (its root is html) → draw it in a modeler (bpmn)")),
        flow(
            "an_unknown_element",
            "<bpmn:exclusiveGateway(.*?)</bpmn:exclusiveGateway>",
            "<bpmn:magicGateway$1</bpmn:magicGateway>",
            "line 8: error: magicGateway gateway_watchAgain is not allowed here, in process"
                + " abandoned-cart → take it away, or "
                + DRAW_AGAIN),
        flow(
            "an_element_in_the_wrong_place",
            "(<bpmn:boundaryEvent id=\"boundaryEvent_reminderNotSent\"[^>]*>)(.*?)"
                + "(<bpmn:errorEventDefinition[^>]*/>)",
            "$1$3$2",
            "line 8: error: outgoing is not allowed here, in boundaryEvent"
                + " boundaryEvent_reminderNotSent → take it away, or "
                + DRAW_AGAIN),
        flow(
            "an_unknown_attribute",
            "<bpmn:endEvent id=\"endEvent_reminded\"",
            "<bpmn:endEvent colour=\"red\" id=\"endEvent_reminded\"",
            "line 75: error: endEvent endEvent_reminded has no attribute colour in BPMN → take it"
                + " away (bpmn)"),
        flow(
            "an_arrow_without_an_end",
            " targetRef=\"endEvent_reminded\"",
            "",
            "line 87: error: sequenceFlow flow_remindedLast lacks its targetRef → add it, or "
                + DRAW_AGAIN),
        flow(
            "an_arrow_to_nowhere",
            "targetRef=\"endEvent_reminded\"",
            "targetRef=\"endEvent_gone\"",
            "line 87: error: sequenceFlow flow_remindedLast has targetRef endEvent_gone, which is"
                + " not there → choose an element that is there (bpmn)"),
        flow(
            "an_arrow_that_was_deleted_in_part",
            "<bpmn:sequenceFlow id=\"flow_busy\"[^>]*/>",
            "",
            "line 15: error: eventBasedGateway gateway_whatComesFirst has outgoing flow_busy, which"
                + " is not there → take the line away, or draw the arrow (bpmn)",
            "line 27: error: intermediateCatchEvent catchEvent_cartUpdatedAgain has incoming"
                + " flow_busy, which is not there → take the line away, or draw the arrow (bpmn)"),
        flow(
            "two_elements_with_one_id",
            "(<bpmn:process.*)<bpmn:startEvent id=\"startEvent_orderPlaced\"",
            "$1<bpmn:startEvent id=\"endEvent_reminded\"",
            "line 90: error: two elements have the id endEvent_reminded → give each an id of its"
                + " own (bpmn)",
            "line 97: error: sequenceFlow flow_orderPlaced has sourceRef startEvent_orderPlaced,"
                + " which is not there → choose an element that is there (bpmn)"),
        flow(
            "a_value_of_the_wrong_kind",
            "isExecutable=\"true\"",
            "isExecutable=\"yes\"",
            "line 3: error: process abandoned-cart has the isExecutable \"yes\" → write a value of"
                + " the kind boolean (bpmn)"),
        flow(
            "an_event_on_the_boundary_of_nothing",
            "attachedToRef=\"serviceTask_sendReminder\"",
            "attachedToRef=\"serviceTask_gone\"",
            "line 42: error: boundaryEvent boundaryEvent_reminderNotSent has attachedToRef"
                + " serviceTask_gone, which is not there → choose an element that is there (bpmn)"),
        flow(
            "a_message_that_was_deleted",
            "<bpmn:message [^>]*name=\"order.placed\".*?</bpmn:message>",
            "",
            "STARTS line 90: error: messageEventDefinition messageEventDefinition_orderPlaced has"
                + " messageRef "),
        flow(
            "text_between_elements",
            "<bpmn:exclusiveGateway",
            "hello <bpmn:exclusiveGateway",
            "line 109: error: there is text between the elements of process abandoned-cart → take"
                + " the text away (bpmn)"),
        flow(
            "an_older_bpmn",
            "BPMN/20100524/MODEL",
            "BPMN/20100501/MODEL",
            "line 2: error: it is no BPMN 2.0 (its root is bpmn:definitions) → draw it in Camunda"
                + " Modeler (bpmn)"),
        flow(
            "not_executable",
            "isExecutable=\"true\"",
            "isExecutable=\"false\"",
            "abandoned-cart: error: it is not executable → tick Executable on the empty canvas"
                + " (executable)"),
        flow(
            "another_name_than_its_file",
            "process id=\"abandoned-cart\"(.*)bpmnElement=\"abandoned-cart\"",
            "process id=\"abandoned\"$1bpmnElement=\"abandoned\"",
            "abandoned: error: the process is called abandoned, the file abandoned-cart"
                + " → give both the same name: messages are found by it (process-id)"),
        flow(
            "drawn_for_camunda_7",
            "Camunda Cloud\" modeler:executionPlatformVersion=\"8.6.0",
            "Camunda Platform\" modeler:executionPlatformVersion=\"7.22.0",
            "error: it is drawn for Camunda Platform 7.22.0 → draw it as a BPMN diagram for"
                + " Camunda 8 (platform)"),
        flow(
            "an_undrawn_element",
            "<bpmndi:BPMNShape id=\"endEvent_reminded_di\".*?</bpmndi:BPMNShape>",
            "",
            "endEvent_reminded: error: it is not in the drawing → open the file in a modeler and"
                + " draw it (drawn)"),
        flow(
            "an_undrawn_arrow",
            "<bpmndi:BPMNEdge id=\"flow_quiet_di\".*?</bpmndi:BPMNEdge>",
            "",
            "flow_quiet: error: it is not in the drawing → open the file in a modeler and draw it"
                + " (drawn)"),
        flow(
            "a_job_that_nobody_does",
            "type=\"send-email\"",
            "type=\"send-pigeon\"",
            STARTS
                + "serviceTask_sendReminder: error: no worker does \"send-pigeon\" → use one of"
                + " "),
        flow(
            "a_message_that_is_not_there",
            "value=\"reminder\"",
            "value=\"remainder\"",
            "serviceTask_sendReminder: error: there is no message remainder → write"
                + " abandoned-cart/messages/remainder.en.mjml and .txt (message-missing)"),
        flow(
            "no_message",
            "<zeebe:header key=\"message\" value=\"reminder\" />",
            "",
            "serviceTask_sendReminder: error: it names no message → name one of the flow's"
                + " messages (message-missing)"),
        flow(
            "no_purpose",
            "<zeebe:header key=\"purpose\" value=\"marketing\" />",
            "",
            "serviceTask_sendReminder: error: it has no purpose → choose marketing, newsletter"
                + " or transactional: consent needs it (purpose)"),
        flow(
            "a_purpose_that_is_none",
            "key=\"purpose\" value=\"marketing\"",
            "key=\"purpose\" value=\"fun\"",
            "serviceTask_sendReminder: error: \"fun\" is no purpose → choose marketing, newsletter"
                + " or transactional (purpose)"),
        flow(
            "an_email_for_the_purpose_of_texts",
            "key=\"purpose\" value=\"marketing\"",
            "key=\"purpose\" value=\"confirmation\"",
            "serviceTask_sendReminder: error: only a text message asks to confirm → choose"
                + " transactional for an e-mail that asks to confirm, or use Send SMS (purpose)"),
        flow(
            "a_condition_that_is_no_feel",
            "cart.state = &#34;open&#34;",
            "cart.state = = open",
            "STARTS serviceTask_sendReminder: error: FEEL expression \"cart.state = = open\": "),
        flow(
            "a_condition_on_a_fact_that_nobody_has",
            "cart.state = &#34;open&#34;",
            "cart.stat = &#34;open&#34;",
            "serviceTask_sendReminder: error: there is no fact cart.stat, so that it is never known →"
                + " did you mean cart.state? (only-if)"),
        flow(
            "a_condition_on_what_is_no_fact_at_all",
            "cart.state = &#34;open&#34;",
            "basket.size &gt; 1",
            "serviceTask_sendReminder: error: there is no fact basket.size, so that it is never known"
                + " → use a fact that templates know, for example cart.state (only-if)"),
        flow(
            "a_priority_that_is_none",
            "<zeebe:header key=\"onlyIf\"",
            "<zeebe:header key=\"priority\" value=\"soon\" /><zeebe:header key=\"onlyIf\"",
            "serviceTask_sendReminder: error: \"soon\" is no priority → choose high, normal or low,"
                + " or leave it empty (priority)"),
        flow(
            "a_use_by_that_is_none",
            "<zeebe:header key=\"onlyIf\"",
            "<zeebe:header key=\"useBy\" value=\"2 days\" /><zeebe:header key=\"onlyIf\"",
            "serviceTask_sendReminder: error: \"2 days\" is no time that it is of use for → write P1D"
                + " for a day or PT4H for four hours, or leave it empty (use-by)"),
        flow(
            "a_duration_that_is_none",
            ">PT1H<",
            ">1 hour<",
            "waitEvent_quiet: error: \"1 hour\" is no duration → write PT30M for half an hour, PT1H"
                + " for an hour, P1D for a day (wait)"),
        flow(
            "a_duration_without_a_number",
            ">P1D<",
            ">PD<",
            "waitEvent_dayLater: error: \"PD\" is no duration → write PT30M for half an hour, PT1H"
                + " for an hour, P1D for a day (wait)"),
        flow(
            "a_computed_duration_that_is_no_feel",
            ">PT1H<",
            ">=duration(<",
            "STARTS waitEvent_quiet: error: FEEL expression \"=duration(\": "),
        flow(
            "a_signal_that_nobody_sends",
            "name=\"order.placed\"",
            "name=\"order.plased\"",
            "STARTS startEvent_orderPlaced: error: nothing sends the signal order.plased → use one"
                + " of answer.given, bant.answered, became.customer, "),
        flow(
            "a_signal_with_a_computed_name",
            "name=\"order.placed\"",
            "name=\"=signal\"",
            "startEvent_orderPlaced: error: its signal has no fixed name (=signal) → choose one"
                + " from signals.dmn: nobody could tell what the flow waits for (signal-name)"),
        flow(
            "an_exit_for_anybodys_cart",
            "(name=\"cart.emptied\".*?)=cartId",
            "$1=leadId",
            "startEvent_cartEmptied: error: it waits with =leadId, but cart.emptied is sent with"
                + " cartId → set its correlation key to =cartId (correlation-key)"),
        flow(
            "an_exit_for_any_order",
            "(name=\"order.placed\".*?)=cartId",
            "$1=leadId",
            "startEvent_orderPlaced: error: it waits with =leadId, but order.placed is sent with"
                + " cartId or orderId → set its correlation key to =cartId (correlation-key)"),
        new Broken(
            "an_exit_for_a_cart_in_a_flow_about_a_lead",
            QUALIFICATION,
            "name=\"became.customer\"(.*?)=leadId",
            "name=\"order.placed\"$1=cartId",
            List.of(
                QUALIFICATION
                    + ": startEvent_becameCustomer: error: it waits with =cartId, which runs that"
                    + " begin by score.crossed or lead.engaged or bant.answered do not have: they"
                    + " would stand still → wait for a signal that is sent by lead, such as Purchase"
                    + " made (purchase.made) (correlation-key)",
                NO_NURTURING)),
        flow(
            "an_exit_by_what_only_starts",
            "name=\"cart.emptied\"",
            "name=\"message.received\"",
            "startEvent_cartEmptied: error: it waits for message.received, which only starts flows:"
                + " each is sent with a key of its own → wait for another signal, such as replied"
                + " (correlation-key)"),
        flow(
            "an_exit_without_a_key",
            "(name=\"cart.emptied\".*?>).*?(</bpmn:message>)",
            "$1$2",
            "STARTS startEvent_cartEmptied: error: it does not say whose cart.emptied it waits"),
        flow(
            "no_way_for_not_sent",
            "<bpmn:boundaryEvent id=\"boundaryEvent_lastOfferNotSent\".*?</bpmn:boundaryEvent>"
                + "(.*?)<bpmn:endEvent id=\"endEvent_lastOfferNotSent\".*?</bpmn:endEvent>"
                + "(.*?)<bpmn:sequenceFlow id=\"flow_lastOfferNotSent\".*?/>"
                + "(.*?)<bpmndi:BPMNShape id=\"endEvent_lastOfferNotSent_di\".*?</bpmndi:BPMNShape>"
                + "(.*?)<bpmndi:BPMNShape id=\"boundaryEvent_lastOfferNotSent_di\""
                + ".*?</bpmndi:BPMNShape>"
                + "(.*?)<bpmndi:BPMNEdge id=\"flow_lastOfferNotSent_di\".*?</bpmndi:BPMNEdge>",
            "$1$2$3$4$5",
            "serviceTask_sendLastOffer: error: it has no way for the case that nothing is sent → put"
                + " an error boundary event on it: without consent the flow would stand still"
                + " (not-sent)"),
        new Broken(
            "no_way_for_who_may_not_enter",
            QUALIFICATION,
            "(id=\"errorEventDefinition_onceAMonthRefused\")",
            "$1 errorRef=\"error_stageRefused\"",
            List.of(
                QUALIFICATION
                    + ": serviceTask_onceAMonth: error: it has no way for who may not enter → put an"
                    + " error boundary event on it: the flow would stand still (not-entered)",
                NO_NURTURING)),
        new Broken(
            "a_way_for_another_error",
            QUALIFICATION,
            "(id=\"errorEventDefinition_sendQuestionsNotSent\")",
            "$1 errorRef=\"error_stageRefused\"",
            List.of(
                QUALIFICATION
                    + ": serviceTask_sendQuestions: error: it has no way for the case that nothing is"
                    + " sent → put an error boundary event on it: without consent the flow would stand"
                    + " still (not-sent)",
                NO_NURTURING)),
        new Broken(
            "no_way_for_a_stage_that_cannot_be_reached",
            QUALIFICATION,
            "errorCode=\"stage.refused\"",
            "errorCode=\"webhook.refused\"",
            Stream.concat(
                    Stream.of(NO_NURTURING),
                    Stream.of(
                            "becomeMql",
                            "becomeMqlAnswered",
                            "becomeSql",
                            "becomeNoNeed",
                            "disqualify")
                        .map(
                            step ->
                                QUALIFICATION
                                    + ": serviceTask_%s: warning: it has no way for a lead who cannot get there"
                                        .formatted(step)
                                    + " → put an error boundary event on it: for one who declined, say, the flow"
                                    + " would stand still (stage-refused)"))
                .toList()),
        flow(
            "no_way_for_what_another_system_refuses",
            "io.ripen.send-best(.*?)send-best(.*?)<zeebe:header key=\"message\" value=\"nudge\" />"
                + "\\s*<zeebe:header key=\"purpose\" value=\"marketing\" />"
                + "(.*?)<bpmn:boundaryEvent id=\"boundaryEvent_nudgeNotSent\".*?</bpmn:boundaryEvent>"
                + "(.*?)<bpmn:incoming>flow_nudgeNotSent</bpmn:incoming>"
                + "(.*?)<bpmn:sequenceFlow id=\"flow_nudgeNotSent\".*?/>"
                + "(.*?)<bpmndi:BPMNShape id=\"boundaryEvent_nudgeNotSent_di\".*?</bpmndi:BPMNShape>"
                + "(.*?)<bpmndi:BPMNEdge id=\"flow_nudgeNotSent_di\".*?</bpmndi:BPMNEdge>",
            "io.ripen.call-webhook$1call-webhook$2"
                + "<zeebe:header key=\"url\" value=\"https://example.com/hook\" />$3$4$5$6$7",
            "serviceTask_nudge: error: it has no way for what the other system refuses, or does not take"
                + " in time → put an error boundary event on it: the flow would stand still"
                + " (webhook-refused)",
            NO_NUDGE),
        flow(
            "two_processes",
            "</bpmn:process>",
            "</bpmn:process><bpmn:process id=\"second\" isExecutable=\"true\" />",
            "error: it has 2 processes (expected: 1) → draw each flow in a file of its own (one-process)"),
        new Broken(
            "no_name",
            FLOW,
            "name=\"Abandoned cart\" isExecutable",
            "isExecutable",
            List.of(
                FLOW
                    + ": abandoned-cart: warning: it has no name → give it one that people read in the"
                    + " console (process-name)")),
        flow(
            "no_platform",
            "modeler:executionPlatform=\"Camunda Cloud\"",
            "",
            "error: it is drawn for no platform → draw it as a BPMN diagram for Camunda 8 (platform)"),
        flow(
            "an_older_platform",
            "modeler:executionPlatformVersion=\"8.6.0\"",
            "modeler:executionPlatformVersion=\"1.3.0\"",
            "error: it is drawn for Camunda 1.3.0 → choose Camunda 8.6 at the lower left of Camunda"
                + " Modeler (platform)"),
        flow(
            "a_way_that_stops",
            "<bpmn:outgoing>flow_remindedLast</bpmn:outgoing>"
                + "(.*?)<bpmn:endEvent id=\"endEvent_reminded\".*?</bpmn:endEvent>"
                + "(.*?)<bpmn:sequenceFlow id=\"flow_remindedLast\".*?/>"
                + "(.*?)<bpmndi:BPMNShape id=\"endEvent_reminded_di\".*?</bpmndi:BPMNShape>"
                + "(.*?)<bpmndi:BPMNEdge id=\"flow_remindedLast_di\".*?</bpmndi:BPMNEdge>",
            "$1$2$3$4",
            "serviceTask_sendLastOffer: warning: the way stops here → lead it to an end event that says"
                + " how it ended (no-end)"),
        flow(
            "a_script",
            "<bpmn:serviceTask id=\"serviceTask_nudge\".*?</bpmn:serviceTask>",
            "<bpmn:scriptTask id=\"serviceTask_nudge\"><bpmn:incoming>flow_nudge</bpmn:incoming>"
                + "<bpmn:outgoing>flow_nudged</bpmn:outgoing></bpmn:scriptTask>",
            "serviceTask_nudge: error: a script task → use a decision table, or an element of the palette"
                + " (script)",
            NO_NUDGE),
        flow(
            "nothing_starts_it",
            "(<bpmn:startEvent id=\"startEvent_cartUpdated\").*?</bpmn:startEvent>",
            "<bpmn:intermediateThrowEvent id=\"startEvent_cartUpdated\"><bpmn:outgoing>flow_started"
                + "</bpmn:outgoing></bpmn:intermediateThrowEvent>",
            "abandoned-cart: error: nothing starts it → begin it with an event such as Cart updated"
                + " (start)",
            "startEvent_cartUpdated: error: no way leads here → connect it with an arrow, or take it away"
                + " (unreachable)"),
        flow(
            "a_loop_without_a_pause",
            "(id=\"flow_lastOfferNotSent\" sourceRef=\"boundaryEvent_lastOfferNotSent\" targetRef=\")"
                + "endEvent_lastOfferNotSent",
            "$1serviceTask_sendLastOffer",
            "STARTS serviceTask_sendLastOffer: error: a way leads from here back to here without a"
                + " pause",
            "STARTS endEvent_lastOfferNotSent: error: no way leads here"),
        flow(
            "an_element_that_no_way_leads_to",
            "targetRef=\"serviceTask_nudge\"",
            "targetRef=\"endEvent_reminded\"",
            "serviceTask_nudge: error: no way leads here → connect it with an arrow, or take it"
                + " away (unreachable)"),
        flow(
            "no_exit",
            "<bpmn:subProcess.*</bpmn:subProcess>(.*)"
                + "<bpmndi:BPMNShape id=\"eventSubProcess_orderPlaced_di\".*"
                + "(<bpmndi:BPMNShape id=\"boundaryEvent_reminderNotSent_di\".*)"
                + "<bpmndi:BPMNEdge id=\"flow_orderPlaced_di\".*</bpmndi:BPMNEdge>",
            "$1$2",
            "abandoned-cart: warning: nothing ends it early: who did what it is for goes on getting"
                + " messages → add an event sub-process such as Order placed (no-exit)"),
        flow(
            "a_task_that_is_not_from_the_palette",
            " zeebe:modelerTemplate=\"io.ripen.send-email\" zeebe:modelerTemplateVersion=\"2\"",
            "",
            "serviceTask_sendReminder: error: it has no element template → choose one, such as Send"
                + " e-mail (template)"),
        flow(
            "a_template_that_is_not_there",
            "(waitEvent_quiet.*?)io.ripen.wait\"",
            "$1io.ripen.sleep\"",
            "waitEvent_quiet: error: there is no element template io.ripen.sleep → choose one"
                + " of the palette (template-missing)"),
        flow(
            "a_template_in_a_version_that_is_not_there",
            "(waitEvent_quiet.*?modelerTemplateVersion=\")1",
            "$17",
            "waitEvent_quiet: error: the element template io.ripen.wait has no version 7 → update"
                + " it to version 1 (template)"),
        flow(
            "a_wait_without_an_end",
            "<bpmn:timeDuration.*?</bpmn:timeDuration>",
            "",
            "waitEvent_quiet: error: it does not say how long → write PT1H for an hour, P1D for a"
                + " day (wait)"),
        flow(
            "a_task_without_a_job_type",
            "<zeebe:taskDefinition[^>]*/>",
            "",
            "serviceTask_sendReminder: error: it does nothing → choose an element template, such as"
                + " Send e-mail (job-type)"),
        flow(
            "what_zeebe_refuses",
            "<bpmn:errorEventDefinition[^>]*/>",
            "",
            "STARTS boundaryEvent_reminderNotSent: error: Zeebe refuses it: ",
            "STARTS serviceTask_sendReminder: error: it has no way for the case"),
        flow(
            "a_message_that_nobody_sends",
            "key=\"message\" value=\"last-offer\"",
            "key=\"message\" value=\"reminder\"",
            "abandoned-cart: warning: no task sends last-offer → name it in a Send e-mail task,"
                + " or delete it (message-unused)"),
        new Broken(
            "a_template_for_whatsapp_that_is_none",
            NUDGE,
            "Title",
            "WhatsApp: order_update\nTitle",
            List.of(
                NUDGE
                    + ": line 1: error: \"order_update\" is no content template for WhatsApp → write"
                    + " its SID, HX and 32 digits or letters a to f, as Twilio's console shows it"
                    + " (message)")),
        new Broken(
            "a_template_for_whatsapp_in_one_language_alone",
            NUDGE,
            "Title",
            "WhatsApp: HX%s\nTitle".formatted("0".repeat(32)),
            List.of(
                NUDGE.replace(".hu.", ".en.") + ": warning: " + WITHOUT_WHATSAPP,
                NUDGE.replace(".hu.", ".ru.") + ": warning: " + WITHOUT_WHATSAPP)),
        new Broken(
            "a_message_with_a_file_that_may_be_missing",
            NUDGE,
            "cart.url",
            "links.download",
            List.of(
                NUDGE
                    + ": line 2: warning: {{ links.download }} is empty where the file is missing →"
                    + " put {% if links.download %} around it, and behind {% else %} what to do"
                    + " instead (message-download)")),
        new Broken(
            "a_message_with_a_fact_that_nobody_has",
            REMINDER,
            "lead.firstName",
            "lead.nickname",
            List.of(
                "STARTS "
                    + REMINDER
                    + ": line 3: error: there is no fact lead.nickname → use one")),
        new Broken(
            "a_start_by_a_signal_that_is_told_however_old_it_is",
            "signals.dmn",
            "\"P1D\"",
            "\"always\"",
            List.of(
                "STARTS abandoned-cart/abandoned-cart.bpmn: startEvent_cartUpdated: error: it starts"
                    + " by cart.updated, which is told however long ago it happened: an import of"
                    + " old events would start the flow for everybody in it → say in signals.dmn for"
                    + " how long it is worth telling, for example P1D, ")),
        new Broken(
            "a_table_that_is_no_dmn",
            "signals.dmn",
            "",
            "<dmn/>",
            List.of("signals.dmn: error: it decides nothing → draw a decision in it (dmn)")),
        new Broken(
            "a_template_that_is_no_json",
            TEMPLATES + "wait.json",
            "\"name\": \"Wait\",",
            "\"name\": \"Wait\"",
            List.of("STARTS " + TEMPLATES + "wait.json: line 4: error: it is no JSON: ")),
        new Broken(
            "a_template_without_a_version",
            TEMPLATES + "wait.json",
            "\"version\": 1,",
            "",
            List.of(
                TEMPLATES
                    + "wait.json: io.ripen.wait: error: it has no version → give it the version 1"
                    + " (template)")),
        new Broken(
            "a_form_that_is_not_there",
            HANDOFF,
            "formId=\"sales-outcome\"",
            "formId=\"sales-result\"",
            List.of(
                HANDOFF
                    + ": userTask_recordOutcome: error: there is no form sales-result → use one of"
                    + " sales-outcome, sales-take-lead (form-missing)")),
        new Broken(
            "a_form_without_an_id",
            "sales-handoff/sales-outcome.form",
            "\"id\": \"sales-outcome\"",
            "\"id\": \"\"",
            List.of(
                "sales-handoff/sales-outcome.form: error: it has no id → give it one in Camunda"
                    + " Modeler (form)",
                STARTS
                    + HANDOFF
                    + ": userTask_recordOutcome: error: there is no form sales-outcome → ")),
        new Broken(
            "a_form_for_sites_that_cannot_be_served",
            "forms/contact.form",
            "\"type\": \"textarea\"",
            "\"type\": \"datetime\"",
            List.of(
                "forms/contact.form: field_message: error: it is a datetime, which forms on sites"
                    + " do not have → use one of text, textfield, textarea, number, select, radio,"
                    + " checkbox, checklist, group, separator, button (form)")),
        new Broken(
            "a_task_that_shows_a_form_for_sites",
            HANDOFF,
            "formId=\"sales-outcome\"",
            "formId=\"contact\"",
            List.of(
                STARTS + HANDOFF + ": userTask_recordOutcome: error: there is no form contact → ")),
        new Broken(
            "a_task_that_no_inbox_shows",
            HANDOFF,
            "<zeebe:userTask />",
            "",
            List.of(
                HANDOFF
                    + ": userTask_takeLead: error: it is done by a job worker, and nobody would see"
                    + " it in the inbox → set its implementation to Camunda user task (user-task)")),
        new Broken(
            "two_templates_with_one_id",
            TEMPLATES + "wait.json",
            "io.ripen.wait",
            "io.ripen.order-placed.exit",
            List.of(
                TEMPLATES
                    + "wait.json: io.ripen.order-placed.exit: error: another file has this id and version"
                    + " too → raise the version (template)")));
  }

  @Test
  void what_keeps_the_engine_from_using_its_signal_table_is_told_with_its_place() {
    FlowCheck check =
        new FlowCheck(
            bpmn,
            table ->
                List.of(
                    "rule 2, output key: is 'basket' (expected: cart, order, lead, answer or event)"));

    assertThat(check.check(List.of(bpmn.resolve("signals.dmn"))))
        .extracting(Finding::toString)
        .containsExactly(
            "signals.dmn: rule 2, output key: error: is 'basket' (expected: cart, order, lead, answer or event) →"
                + " correct it in Camunda Modeler: the engine does not start with it"
                + " (table)");
  }

  @Test
  void what_is_read_from_the_folder_or_is_nothing_of_ours_is_not_deployed() {
    FlowCheck check = new FlowCheck(bpmn);
    List<Path> named =
        List.of(
            bpmn.resolve("forms/contact.form"),
            bpmn.resolve("abandoned-cart/README.md"),
            bpmn.resolve("sales-handoff/sales-outcome.form"));

    assertThat(check.deployable())
        .doesNotContain(named.get(0), named.get(1))
        .contains(named.get(2));
    assertThat(check.checkToDeploy(named))
        .extracting(Finding::toString)
        .containsExactly(
            "forms/contact.form: error: it is read from the folder, and cannot be deployed →"
                + " save it there: it holds from then on (deploy)",
            "abandoned-cart/README.md: error: it is neither a flow nor a table nor a form → name .bpmn, .dmn and"
                + " .form files (deploy)");
  }

  @Test
  void a_template_that_is_named_is_looked_at_alone() throws IOException {
    Path wait = bpmn.resolve(TEMPLATES + "wait.json");
    Files.writeString(wait, Files.readString(wait).replace("\"version\": 1,", ""));

    assertThat(named(TEMPLATES + "wait.json"))
        .containsExactly(
            TEMPLATES
                + "wait.json: io.ripen.wait: error: it has no version → give it the version 1"
                + " (template)");
    assertThat(named(TEMPLATES + "send-email.json")).isEmpty();
  }

  @Test
  void a_message_that_is_named_is_looked_at_with_its_flow() throws IOException {
    assertThat(named(REMINDER)).isEmpty();

    Path reminder = bpmn.resolve(REMINDER);
    Files.writeString(
        reminder, Files.readString(reminder).replaceFirst("lead\\.firstName", "lead.nickname"));
    Files.writeString(
        bpmn.resolve("abandoned-cart/messages/spare.en.short.txt"), "{{ lead.nick }}");

    assertThat(named(REMINDER))
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith(REMINDER + ": line 3: error: there is no fact"),
            it -> assertThat(it).contains("warning: no task sends spare"));
    assertThat(named("abandoned-cart/messages/spare.en.short.txt"))
        .as("what no step sends")
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith(
                        "abandoned-cart/messages/spare.en.short.txt: line 1: error: there is no"));

    Files.writeString(
        bpmn.resolve("abandoned-cart/messages/spare.en.short.txt"), "{{ links.download }}");
    assertThat(named("abandoned-cart/messages/spare.en.short.txt"))
        .as("a link that may lead nowhere")
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith("abandoned-cart/messages/spare.en.short.txt: line 1: warning:")
                    .endsWith("(message-download)"));
  }

  @Test
  void what_is_named_and_cannot_be_looked_at_is_an_error() throws IOException {
    Files.copy(bpmn.resolve(TEMPLATES + "wait.json"), bpmn.resolve("wait.json"));
    Files.copy(bpmn.resolve(REMINDER), bpmn.resolve("abandoned-cart/messages/reminder.mjml"));
    String nothing =
        ": error: it is neither a flow nor a table, a form, a template of the palette, or a message"
            + " (FLOW/messages/NAME.LOCALE.mjml, .txt or .short.txt) → name such a file; what else"
            + " lies beside a flow is checked with it (file)";
    String unread =
        ": error: it is no file that can be read → see that it is there and may be read (file)";

    assertThat(
            named(
                "wait.json",
                "abandoned-cart/messages/reminder.mjml",
                "abandoned-cart/preview.json",
                "abandoned-cart",
                TEMPLATES + "gone.json"))
        .containsExactly(
            "wait.json" + nothing,
            "abandoned-cart/messages/reminder.mjml" + nothing,
            "abandoned-cart/preview.json" + nothing,
            "abandoned-cart" + unread,
            TEMPLATES + "gone.json" + unread);
  }

  private List<String> named(String... files) {
    return new FlowCheck(bpmn)
        .checkNamed(Stream.of(files).map(bpmn::resolve).toList()).stream()
            .map(Finding::toString)
            .toList();
  }

  @Test
  void what_ripen_ships_is_in_order() {
    assertThat(new FlowCheck(bpmn).all()).isEmpty();
  }

  @Test
  void a_flow_in_the_wrong_folder_is_told() throws IOException {
    Path elsewhere = Files.createDirectories(bpmn.resolve("carts"));
    Files.move(bpmn.resolve(FLOW), elsewhere.resolve("abandoned-cart.bpmn"));

    assertThat(new FlowCheck(bpmn).all())
        .extracting(Finding::toString)
        .containsExactly(
            "carts/abandoned-cart.bpmn: abandoned-cart: error: it lies in the folder \"carts\" →"
                + " move it to abandoned-cart/abandoned-cart.bpmn (process-folder)");
  }

  private static Broken flow(String name, String was, String is, String... found) {
    return new Broken(
        name,
        FLOW,
        was,
        is,
        Stream.of(found)
            .map(
                finding ->
                    finding.startsWith(STARTS)
                        ? STARTS + FLOW + ": " + finding.substring(STARTS.length())
                        : FLOW + ": " + finding)
            .toList());
  }
}
