package io.ripen.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.ShortMessage.Button;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  private static String of(String text, Button... buttons) {
    return PlainText.of(new ShortMessage("1", "+36301234567", "Title", text, List.of(buttons)));
  }

  @Test
  void a_button_is_a_line_below_the_text() {
    assertThat(
            of(
                "Your mug waits. ",
                new Button("See it", "https://r.example/1"),
                new Button(" ", "https://r.example/2")))
        .isEqualTo("Your mug waits.\nSee it: https://r.example/1\nhttps://r.example/2");
  }

  @Test
  void there_may_be_nothing_but_text_or_nothing_but_a_button() {
    assertThat(of("Hello")).isEqualTo("Hello");
    assertThat(of("", new Button("Go", "https://r.example/1")))
        .isEqualTo("Go: https://r.example/1");
  }
}
