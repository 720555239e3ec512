package io.ripen.engine.migration;

import static io.ripen.engine.migration.Drawing.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.migration.Instance.Touch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

  private static final Drawing REMIND_AND_WAIT =
      new Drawing()
          .start("start")
          .send("send_reminder", "reminder")
          .wait("wait_day")
          .end("end")
          .way("start", "send_reminder", "wait_day", "end");

  @Test
  void who_waits_at_a_step_that_is_there_goes_to_the_same_one() {
    Drawing longer =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .send("send_offer", "offer")
            .end("end")
            .way("start", "send_reminder", "wait_day", "send_offer", "end");

    assertThat(verdict(REMIND_AND_WAIT, longer, sent("send_reminder", "reminder", at("wait_day"))))
        .isEqualTo(fits(Map.of("wait_day", "wait_day"), Map.of("wait_day", "wait_day")));
  }

  @Test
  void who_stands_where_nothing_is_any_more_stays_unless_told_where_to() {
    Drawing renamed =
        new Drawing()
            .start("start")
            .wait("wait_two_days")
            .end("end")
            .way("start", "wait_two_days", "end");

    assertThat(reason(REMIND_AND_WAIT, renamed, at("wait_day")))
        .isEqualTo(
            "it stands at \"Wait\" (wait_day), which version 2 does not have; say where it is to"
                + " stand with --map wait_day=…");
    assertThat(
            verdict(REMIND_AND_WAIT, renamed, at("wait_day"), Map.of("wait_day", "wait_two_days")))
        .isEqualTo(fits(Map.of("wait_day", "wait_two_days"), Map.of("wait_day", "wait_two_days")));
  }

  @Test
  void nobody_comes_to_an_element_of_another_kind() {
    Drawing answerInstead =
        new Drawing().start("start").answer("wait_day").end("end").way("start", "wait_day", "end");

    assertThat(reason(REMIND_AND_WAIT, answerInstead, at("wait_day")))
        .contains("intermediateCatchEvent on timer", "is a intermediateCatchEvent on message");
  }

  @Test
  void nobody_comes_into_a_sub_process_or_out_of_one() {
    Drawing wrapped =
        new Drawing()
            .start("start")
            .inside(
                "patience",
                new Drawing().start("inner_start").wait("wait_day").way("inner_start", "wait_day"))
            .way("start", "patience");

    assertThat(reason(REMIND_AND_WAIT, wrapped, at("wait_day")))
        .contains("lies in patience", "neither into a sub-process nor out of one");
    assertThat(reason(wrapped, REMIND_AND_WAIT, at("patience", "wait_day")))
        .contains("patience, which version 2 does not have");
  }

  @Test
  void nobody_is_brought_before_a_step_that_sent_already() {
    Drawing remindLater =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_reminder", "reminder")
            .end("end")
            .way("start", "wait_day", "send_reminder", "end");

    assertThat(
            reason(REMIND_AND_WAIT, remindLater, sent("send_reminder", "reminder", at("wait_day"))))
        .isEqualTo(
            "it would repeat a touch: from \"Wait\" (wait_day) it could come to \"Send reminder\""
                + " (send_reminder) in version 2, and message reminder was sent by email already at \"Send"
                + " reminder\" (send_reminder)");
    assertThat(verdict(REMIND_AND_WAIT, remindLater, at("wait_day")))
        .as("one who was denied the touch, say")
        .isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void the_same_message_from_a_step_of_another_name_is_a_repeat_too() {
    Drawing renamed =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_again", "reminder")
            .way("start", "wait_day", "send_again");
    Drawing mapped =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_anew", "renamed")
            .way("start", "wait_day", "send_anew");
    Touch touch = new Touch("send_reminder", 1, "reminder", "email", "uncertain");
    Instance instance = new Instance(1, List.of("wait_day"), List.of(touch), Moves.NONE);

    assertThat(reason(REMIND_AND_WAIT, renamed, instance)).contains("may have been sent by email");
    assertThat(verdict(REMIND_AND_WAIT, mapped, instance, Map.of("send_reminder", "send_anew")))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(verdict(REMIND_AND_WAIT, mapped, instance)).isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void what_a_loop_would_have_sent_anyway_is_no_repeat() {
    Drawing loop =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .way("start", "send_reminder", "wait_day", "send_reminder");

    assertThat(verdict(loop, loop, sent("send_reminder", "reminder", at("wait_day"))))
        .isInstanceOf(Verdict.Fits.class);
    assertThat(reason(REMIND_AND_WAIT, loop, sent("send_reminder", "reminder", at("wait_day"))))
        .contains("it would repeat a touch");
  }

  @Test
  void one_step_that_would_repeat_it_anyway_excuses_no_other() {
    Drawing remindTwice =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .send("send_last", "reminder")
            .way("start", "send_reminder", "wait_day", "send_last");
    Drawing remindThrice =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .send("send_reminder", "reminder")
            .send("send_last", "reminder")
            .way("start", "wait_day", "send_reminder", "send_last");
    Drawing otherId =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .send("send_end", "reminder")
            .way("start", "send_reminder", "wait_day", "send_end");
    Instance instance = sent("send_reminder", "reminder", at("wait_day"));

    assertThat(verdict(remindTwice, remindTwice, instance)).isInstanceOf(Verdict.Fits.class);
    assertThat(reason(remindTwice, remindThrice, instance)).contains("(send_reminder) in version");
    assertThat(reason(remindTwice, otherId, instance)).contains("(send_end) in version");
    assertThat(verdict(remindTwice, otherId, instance, Map.of("send_last", "send_end")))
        .isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void what_the_way_beside_may_send_until_the_move_counts_as_sent() {
    Drawing beside =
        new Drawing()
            .start("start")
            .wait("wait_here")
            .wait("wait_there")
            .send("send_reminder", "reminder")
            .way("start", "wait_here")
            .way("start", "wait_there", "send_reminder");
    Drawing both =
        new Drawing()
            .start("start")
            .wait("wait_here")
            .wait("wait_there")
            .send("send_reminder", "reminder")
            .way("start", "wait_here", "send_reminder")
            .way("start", "wait_there", "send_reminder");

    assertThat(reason(beside, both, at("wait_here", "wait_there")))
        .contains("message reminder may be sent meanwhile");
    assertThat(verdict(both, both, at("wait_here", "wait_there"))).isInstanceOf(Verdict.Fits.class);
    assertThat(verdict(beside, both, at("wait_here"))).isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void what_is_being_sent_stays_the_same_touch_and_counts_as_sent() {
    Drawing loop =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .way("start", "send_reminder", "wait_day", "send_reminder");
    Drawing two =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .send("send_other", "other")
            .way("start", "send_reminder", "send_other");

    assertThat(verdict(REMIND_AND_WAIT, REMIND_AND_WAIT, at("send_reminder")))
        .isInstanceOf(Verdict.Fits.class);
    assertThat(reason(REMIND_AND_WAIT, loop, at("send_reminder"))).contains("is on its way");
    assertThat(
            ((Verdict.Refused)
                    verdict(
                        REMIND_AND_WAIT,
                        two,
                        at("send_reminder"),
                        Map.of("send_reminder", "send_other")))
                .reason())
        .contains("it is about to send message reminder", "wait until it has gone on");
  }

  @Test
  void nobody_is_brought_before_a_call_that_may_have_been_made_already() {
    Drawing called =
        new Drawing()
            .start("start")
            .call("call", "other")
            .wait("wait_day")
            .way("start", "call", "wait_day");
    Drawing callsLater =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .call("call", "other")
            .way("start", "wait_day", "call");
    Drawing never = new Drawing().start("start").wait("wait_day").way("start", "wait_day");

    assertThat(reason(called, callsLater, at("wait_day")))
        .isEqualTo(
            "it could repeat a touch: from \"Wait\" (wait_day) it could come to call in version 2, and"
                + " nobody can tell whether it has called other before and what that sent; let it"
                + " end on version 1");
    assertThat(verdict(callsLater, callsLater, at("wait_day"))).isInstanceOf(Verdict.Fits.class);
    assertThat(verdict(never, callsLater, at("wait_day"))).isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void a_repeat_by_an_event_sub_process_is_seen_too() {
    Drawing withExit =
        new Drawing()
            .start("start")
            .send("send_reminder", "reminder")
            .wait("wait_day")
            .way("start", "send_reminder", "wait_day")
            .exit(
                "answered",
                false,
                new Drawing().send("send_copy", "reminder").way("answered_start", "send_copy"));

    assertThat(reason(REMIND_AND_WAIT, withExit, sent("send_reminder", "reminder", at("wait_day"))))
        .contains("from any step it could come to", "send_copy");
    assertThat(verdict(withExit, withExit, sent("send_copy", "reminder", at("wait_day"))))
        .as("it could come that way again anyway")
        .isInstanceOf(Verdict.Fits.class);
  }

  @Test
  void who_is_in_an_exit_for_good_is_out_of_the_other_exits() {
    Drawing before =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .way("start", "wait_day")
            .exit(
                "bought",
                true,
                new Drawing()
                    .send("send_thanks", "thanks")
                    .wait("wait_more")
                    .way("bought_start", "send_thanks", "wait_more"));
    Drawing after =
        new Drawing()
            .start("start")
            .wait("wait_day")
            .way("start", "wait_day")
            .exit(
                "bought",
                true,
                new Drawing()
                    .wait("wait_more")
                    .send("send_thanks", "thanks")
                    .way("bought_start", "wait_more", "send_thanks"));

    Instance instance = sent("send_thanks", "thanks", at("bought", "wait_more"));
    assertThat(verdict(before, before, instance)).isInstanceOf(Verdict.Fits.class);
    assertThat(reason(before, after, instance)).contains("it would repeat a touch");
  }

  @Test
  void what_is_waited_for_besides_keeps_its_time_where_it_is_there_too() {
    Drawing before = question("wait_day", "answered");
    Drawing after = question("wait_day", "replied");

    assertThat(verdict(before, question("wait_day", "replied", "reply"), at("first")))
        .isEqualTo(
            fits(
                Map.of("first", "first"),
                Map.of("first", "first", "wait_day", "wait_day", "left_start", "left_start"),
                "answered"));
    assertThat(reason(before, after, at("first")))
        .as("Zeebe takes no second wait for the same signal")
        .contains("would begin to wait for answer at replied", "say --map answered=replied");
    assertThat(verdict(before, after, at("first"), Map.of("answered", "replied")))
        .isEqualTo(
            fits(
                Map.of("first", "first"),
                Map.of(
                    "first",
                    "first",
                    "wait_day",
                    "wait_day",
                    "answered",
                    "replied",
                    "left_start",
                    "left_start")));
    assertThat(
            ((Verdict.Refused) verdict(before, after, at("first"), Map.of("answered", "wait_day")))
                .reason())
        .contains("is not the same for first in version 2");
  }

  @Test
  void who_stands_nowhere_that_is_known_stays() {
    assertThat(reason(REMIND_AND_WAIT, REMIND_AND_WAIT, at())).contains("between two steps");
  }

  @Test
  void ids_that_nobody_has_are_told() {
    FlowGraph graph = Drawing.graph(REMIND_AND_WAIT);

    assertThat(
            Mapping.unknown(Map.of("wait_day", "nowhere", "never", "end"), List.of(graph), graph))
        .containsExactly("never", "nowhere");
  }

  @Test
  void who_waits_for_another_signal_from_now_on_begins_to_wait_anew() {
    Drawing before = question("wait_day", "event_said");
    Drawing after = question("wait_day", "event_said", "reply");

    assertThat(verdict(before, after, at("first")))
        .isEqualTo(
            fits(
                Map.of("first", "first"),
                Map.of("first", "first", "wait_day", "wait_day", "left_start", "left_start"),
                "event_said"));
    assertThat(
            ((Verdict.Refused)
                    verdict(before, after, at("first"), Map.of("event_said", "event_said")))
                .reason())
        .as("nobody can wish that Zeebe changes a wait")
        .contains("it waits for event_said", "is not the same");
  }

  @Test
  void who_waits_by_another_key_or_stands_in_the_wait_itself_stays() {
    Drawing before = question("wait_day", "event_said", "reply");
    Drawing after = question("wait_day", "event_said", "reply_of_cart");

    assertThat(reason(before, after, at("first")))
        .isEqualTo(
            "it waits for reply by leadId at event_said, and would begin to wait for reply by"
                + " cartId at event_said of version 2, which Zeebe does not do in one move; let it"
                + " end on version 1");
    assertThat(reason(listening("answer"), listening("reply"), at("event_said")))
        .contains(
            "it waits for answer at event_said, and event_said of version 2 waits for reply by leadId");
    assertThat(verdict(listening("reply"), listening("reply"), at("event_said")))
        .isInstanceOf(Verdict.Fits.class);
  }

  private static Drawing listening(String signal) {
    return new Drawing().start("start").signal("event_said", signal).way("start", "event_said");
  }

  private static Drawing question(String wait, String answer) {
    return question(wait, answer, "answer");
  }

  private static Drawing question(String wait, String answer, String signal) {
    return new Drawing()
        .start("start")
        .whatComesFirst("first")
        .wait(wait)
        .signal(answer, signal)
        .way("start", "first", wait)
        .way("first", answer)
        .exit("left", true, new Drawing().end("left_end").way("left_start", "left_end"));
  }

  private static Instance at(String... places) {
    return new Instance(1, List.of(places), List.of(), Moves.NONE);
  }

  /** The instance after this step has sent this message. */
  private static Instance sent(String element, String message, Instance instance) {
    return new Instance(
        instance.key(),
        instance.places(),
        List.of(new Touch(element, 1, message, "email", "accepted")),
        Moves.NONE);
  }

  private static Verdict verdict(Drawing before, Drawing after, Instance instance) {
    return verdict(before, after, instance, Map.of());
  }

  private static Verdict verdict(
      Drawing before, Drawing after, Instance instance, Map<String, String> given) {
    return new Mapping(FLOW, Drawing.graph(before), 1, Drawing.graph(after), 2, given)
        .verdict(instance);
  }

  private static String reason(Drawing before, Drawing after, Instance instance) {
    return ((Verdict.Refused) verdict(before, after, instance)).reason();
  }

  private static Verdict fits(
      Map<String, String> places, Map<String, String> instructions, String... givenUp) {
    return new Verdict.Fits(places, instructions, List.of(givenUp));
  }
}
