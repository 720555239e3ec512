package io.ripen.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengersTest {

  private final AtomicInteger begun = new AtomicInteger();
  private final Messengers messengers =
      new Messengers(Map.of("telegram", new Echo("telegram"), "whatsapp", new Echo("whatsapp")));

  private SendResult send(Messengers messengers, String to) {
    return messengers.send(
        new ShortMessage("1", to, "", "Hello", List.of()), begun::incrementAndGet);
  }

  @ParameterizedTest
  @CsvSource({"telegram:700001", "whatsapp:+36301234567"})
  void a_message_goes_to_the_messenger_of_its_address(String to) {
    assertThat(send(messengers, to))
        .isEqualTo(new Accepted(to.substring(0, to.indexOf(':')) + " got " + to));
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_messenger_that_is_not_set_up_is_named() {
    assertThat(send(messengers, "viber:5"))
        .isEqualTo(
            new Rejected("the messenger \"viber\" is not set up (set up: telegram, whatsapp)"));
    assertThat(send(new Messengers(Map.of()), "viber:5"))
        .isEqualTo(new Rejected("the messenger \"viber\" is not set up (none is set up)"));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"+36301234567", "anna", "''", ":5", "telegram:", "Anna Kovács:5"})
  void a_contact_without_a_messenger_is_rejected_and_not_told(String to) {
    assertThat(send(messengers, to))
        .isEqualTo(
            new Rejected(
                "the contact does not say which messenger it is of (expected: telegram:… or the"
                    + " like; set up: telegram, whatsapp)"));
  }

  @Test
  void each_messenger_is_a_provider_of_its_own() {
    assertThat(messengers.providers())
        .containsExactly(
            new Channel.Provider("telegram", null), new Channel.Provider("whatsapp", null));
  }

  @Test
  void a_name_is_one_that_an_address_may_begin_with() {
    assertThatThrownBy(() -> new Messengers(Map.of("What's up", new Echo("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"What's up\"");
  }

  private record Echo(String name) implements Channel<ShortMessage> {
    @Override
    public SendResult send(ShortMessage message, HandOver handOver) {
      handOver.begin();
      return new Accepted(name + " got " + message.to());
    }
  }
}
