package io.ripen.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotesTest {

  private static final String OWN = "Yes, please call me.\n\nTomorrow at nine?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\nOn Mon, 2 Mar 2026 at 10:00, Ripen Shop <shop@example.com> wrote:\n> Hello\n> Anna",
        "\n\nOn Mon, 2 Mar 2026 at 10:00, Ripen Shop\n<shop@example.com> wrote:\n\n> Hello",
        "\n\nпн, 2 мар. 2026 г. в 10:00, Ripen Shop <shop@example.com>:\n> Здравствуйте",
        "\n\n02.03.2026 10:00, Ripen Shop пишет:\n> Здравствуйте",
        "\n\n2 марта 2026 г., Ripen Shop <shop@example.com> написал(а):\n\n> Здравствуйте",
        "\n\nRipen Shop <shop@example.com> ezt írta (időpont: 2026. márc. 2., H, 10:00):\n> Szia",
        "\n\n-----Original Message-----\nFrom: Ripen Shop\nHello",
        "\n\n________________________________\nFrom: Ripen Shop <shop@example.com>\nSent: Monday",
        "\n\nFrom: Ripen Shop <shop@example.com>\nSent: Monday, 2 March 2026 10:00\nTo: Anna",
        "\n\nОт: Ripen Shop <shop@example.com>\nОтправлено: 2 марта 2026 г. 10:00",
        "\n-- \nAnna Kovács\n+36 30 123 4567",
      })
  void the_persons_own_words_are_left(String below) {
    assertThat(Quotes.without(OWN + below)).isEqualTo(OWN);
  }

  @Test
  void an_answer_below_or_between_what_is_quoted_is_read() {
    assertThat(Quotes.without("On Mon, 2 Mar 2026, Ripen Shop wrote:\n> Hello\n\nSTOP"))
        .isEqualTo("STOP");
    assertThat(
            Quotes.without(
                "Ripen Shop <shop@example.com> wrote:\n> One?\nYes.\n> Two?\nNo.\n-- \nAnna"))
        .isEqualTo("Yes.\nNo.");
  }

  @Test
  void no_line_however_strange_takes_long() {
    String strange = "<@".repeat(60_000) + "\n" + "1".repeat(100_000) + "\n" + "On ".repeat(40_000);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Quotes.without(strange));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You wrote: we deliver on Mondays.\nIs that true?",
        "From: what I heard, it is good.\nIs it?",
        "On time delivery matters to me",
        "- one\n- two",
      })
  void words_that_only_look_like_a_quotation_stay(String text) {
    assertThat(Quotes.without(text)).isEqualTo(text);
  }
}
