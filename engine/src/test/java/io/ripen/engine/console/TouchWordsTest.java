package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the timeline and {@code /why} say of a touch, in every state and for every code. */
class TouchWordsTest {

  private static final String HANDED = "\"handedOver\":\"2026-11-23T07:00:00+00:00\"";

  /** The reason is "it rained" everywhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accepted | | "settled":"2026-11-23T07:00:00+00:00" | sent | Sent on 23 Nov 2026, 07:00 UTC.
          accepted | heard-of | HANDED,"delivered":"x" | sent, and delivered | Sent on 23 Nov 2026, 07:00 UTC, delivered.
          accepted | | HANDED,"delivered":"x","opened":"x","clicked":"x","replied":"x" | sent, and replied | Sent on 23 Nov 2026, 07:00 UTC, delivered, opened, clicked, replied.
          accepted | | HANDED,"undelivered":"5.1.1" | did not arrive: 5.1.1 | Sent on 23 Nov 2026, 07:00 UTC; it did not arrive: 5.1.1
          rejected | refused | "x":1 | refused by the provider: it rained | Not sent, the provider does not take it: it rained
          rejected | unseen | "x":1 | not sent: it rained | Not sent: it rained
          handing-over | unseen | HANDED,"isHeld":false | waits to be seen | Waits on the site since 23 Nov 2026, 07:00 UTC for the lead to see it.
          handing-over | unseen | HANDED,"isHeld":true | is being sent | Is being sent right now.
          rejected | gave-up | "x":1 | not sent: it rained | Not sent: it rained
          denied | no-consent | "x":1 | not sent: it rained | Not sent: it rained
          denied | flow-ended | "until":"2026-11-23T07:00:00+00:00","isDue":true | not sent: it rained | Not sent: it rained
          denied | too-late | "until":"2026-11-23T07:00:00+00:00","isDue":false | not sent: it rained | Not sent: it rained
          uncertain | answer-lost | HANDED | may have been sent: it rained | May have been sent on 23 Nov 2026, 07:00 UTC: it rained
          uncertain | worker-lost | HANDED | may have been sent: it rained | May have been sent on 23 Nov 2026, 07:00 UTC: it rained
          uncertain | gave-up | HANDED | may have been sent: it rained | May have been sent on 23 Nov 2026, 07:00 UTC: it rained
          claimed | | "isHeld":true | is being sent | Is being sent right now.
          claimed | failed | "isHeld":false | is to be tried again | The worker that was about to send it is gone; another one will try.
          handing-over | | HANDED,"isHeld":true | is being sent | Is being sent right now.
          handing-over | | HANDED,"isHeld":false | may have been sent | May have been sent on 23 Nov 2026, 07:00 UTC: the worker was lost while the provider had the message.
          planned | | "x":1 | is to be sent | To be sent, and not yet: it rained
          planned | failed | "x":1 | is to be sent | To be sent, and not yet: it rained
          planned | taken-back | "x":1 | is to be sent | To be sent, and not yet: it rained
          planned | answer-lost | "x":1 | is to be sent | To be sent, and not yet: it rained
          planned | answer-lost | HANDED | may have been sent, and is tried again | May have been sent on 23 Nov 2026, 07:00 UTC, and is tried again: it rained
          planned | broken | "x":1 | cannot be sent: it rained | Cannot be sent before somebody mends this: it rained
          planned | quiet-hours | "until":"2026-11-23T07:00:00+00:00","isDue":false | waits until 23 Nov 2026, 07:00 UTC | Waits until 23 Nov 2026, 07:00 UTC: it rained
          planned | quiet-hours | "until":"2026-11-23T07:00:00+00:00","isDue":true | is to be sent | Has waited until 23 Nov 2026, 07:00 UTC, and is to be sent.
          """)
  void a_touch_is_told_by_what_became_of_it(
      String state, String code, String more, String title, String answer) {
    var data =
        Json.parse(
            """
            {"state":"%s","code":"%s","reason":"it rained","message":"last-reminder",
             "channel":"email","flow":"abandoned-cart","element":"serviceTask_x",%s}"""
                .formatted(state, code == null ? "" : code, more.replace("HANDED", HANDED)));

    assertThat(TouchWords.touch(data).title()).isEqualTo("Last reminder e-mail " + title);
    assertThat(TouchWords.answer(data)).isEqualTo(answer);
    assertThat(TouchWords.chosen(data)).isNull();
  }

  @Test
  void what_has_no_reason_is_told_without_one() {
    var data = Json.parse("{\"state\":\"denied\",\"reason\":null}");

    assertThat(TouchWords.answer(data)).isEqualTo("Not sent.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          messenger | The best channel was messenger: of those that could be used then, the lead answers best there.
          push      | The best channel was push: none could be used then, and this one soonest.
          sms       | The best channel was sms: none could be used.
          """)
  void a_channel_that_was_chosen_is_told_with_those_that_were_not(String channel, String words) {
    var data =
        Json.parse(
            """
            {"state":"accepted","channel":"%s","choice":[
              {"channel":"sms","answers":0.8,"verdict":"deny","code":"no-consent"},
              {"channel":"messenger","answers":0.67,"verdict":"allow","code":"allowed"},
              {"channel":"push","answers":0.5,"verdict":"defer","code":"cap"}]}"""
                .formatted(channel));

    assertThat(TouchWords.chosen(data))
        .isEqualTo(words + " Answered: sms 80 % (no-consent), messenger 67 %, push 50 % (cap).");
    assertThat(TouchWords.touch(data).detail()).contains("the best channel");
  }
}
