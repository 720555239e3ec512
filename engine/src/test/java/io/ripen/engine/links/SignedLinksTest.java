package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static io.ripen.engine.links.Links.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.links.Opened.Expired;
import io.ripen.engine.links.Opened.Forged;
import io.ripen.engine.links.Opened.Genuine;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedLinksTest {

  private static final String TARGET = "https://shop.example.com/корзина?a=1&b=ü#top";

  @Test
  void a_link_carries_its_touch_and_target() {
    String url = signed().click(TOUCH, TARGET);

    assertThat(url).matches("https://go\\.example\\.com/r/[A-Za-z0-9_-]+");
    assertThat(signed().openClick(token(url)))
        .isEqualTo(new Genuine<>(new SignedLinks.Click(TOUCH, TARGET)));
  }

  @Test
  void an_unsubscribe_link_carries_its_touch() {
    String url = signed().unsubscribe(TOUCH);

    assertThat(url).matches("https://go\\.example\\.com/unsubscribe/[A-Za-z0-9_-]{100,250}");
    assertThat(signed().openUnsubscribe(token(url))).isEqualTo(new Genuine<>(TOUCH));
  }

  @Test
  void a_link_for_one_purpose_is_none_for_another() {
    assertThat(signed().openUnsubscribe(token(signed().click(TOUCH, ""))))
        .isInstanceOf(Forged.class);
    assertThat(signed().openClick(token(signed().unsubscribe(TOUCH)))).isInstanceOf(Forged.class);
  }

  @Test
  void no_character_of_a_link_can_be_changed() {
    String token = token(signed().unsubscribe(TOUCH));
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(signed().openUnsubscribe(forged)).as("at " + i).isInstanceOf(Forged.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "not base64!", "ключ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void nonsense_is_forged(String token) {
    assertThat(signed().openUnsubscribe(token)).isInstanceOf(Forged.class);
  }

  @Test
  void a_link_that_was_cut_short_is_forged() {
    String token = token(signed().click(TOUCH, TARGET));
    for (int length = 0; length < token.length(); length += 7) {
      assertThat(signed().openClick(token.substring(0, length))).isInstanceOf(Forged.class);
    }
  }

  @Test
  void a_link_expires_after_years() {
    String url = Links.signedLongAgo().unsubscribe(TOUCH);

    assertThat(signed().openUnsubscribe(token(url))).isInstanceOf(Expired.class);
  }

  @Test
  void another_key_makes_other_links() {
    Signer one = new Signer("a".repeat(32));
    Signer other = new Signer("b".repeat(32));
    LocalDate today = LocalDate.of(2026, 3, 1);

    assertThat(other.open("x", one.sign("x", new byte[] {1}, today), today))
        .isInstanceOf(Forged.class);
    assertThat(one.open("x", one.sign("x", new byte[] {1}, today), today))
        .isInstanceOf(Genuine.class);
    assertThat(one.open("x", one.sign("x", new byte[] {1}, today), today.plusDays(1)))
        .isInstanceOf(Expired.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "short"})
  void a_short_key_is_refused_at_start_and_not_told(String key) {
    assertThatThrownBy(() -> new Signer(key))
        .hasMessageStartingWith("ripen.signing-key has ")
        .hasMessageContaining("expected: 32 or more")
        .hasMessageNotContaining("\"short\"");
  }
}
