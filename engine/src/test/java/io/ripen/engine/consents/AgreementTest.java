package io.ripen.engine.consents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.gate.Medium;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AgreementTest {

  @Test
  void channels_are_those_of_the_gate() {
    assertThat(Agreement.CHANNELS)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Medium.values()).map(Medium::lower).toList());
  }

  @Test
  void nobody_agrees_to_a_question() {
    assertThat(Purposes.ALL).containsAll(Agreement.PURPOSES);
    assertThat(Agreement.expected("sms", "marketing")).isEmpty();
    assertThat(Agreement.expected("sms", Purposes.CONFIRMATION))
        .hasValue("as purpose one of marketing, newsletter, transactional");
    assertThat(Agreement.expected("Email", "marketing"))
        .hasValue("as channel one of chat, email, messenger, popup, push, sms");
  }
}
