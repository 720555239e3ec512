package io.ripen.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramLinkTest {

  @Test
  void a_link_carries_the_token() {
    assertThat(TelegramLink.start("ripen_bot", "AbC_-09"))
        .isEqualTo("https://t.me/ripen_bot?start=AbC_-09");
    assertThat(TelegramLink.start("@ripen_bot", "a".repeat(64)))
        .endsWith("?start=" + "a".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&b", "é", "a.b"})
  void a_token_that_telegram_drops_is_refused(String token) {
    assertThatThrownBy(() -> TelegramLink.start("ripen_bot", token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 1 to 64 of A-Z");
    assertThatThrownBy(() -> TelegramLink.start("ripen_bot", "a".repeat(65)))
        .hasMessageContaining("a token of 65 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "ripen bot", "https://t.me/ripen_bot", "bot?start=x"})
  void a_name_that_no_bot_has_is_refused(String bot) {
    assertThatThrownBy(() -> TelegramLink.start(bot, "abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: as @BotFather tells it");
  }
}
