package io.ripen.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReturnPathTest {

  private static final String SECRET = "a secret of the tests, long enough";
  private static final String ID = "4503599627370497.0198c0de-0000-7000-8000-00000000002a";
  private static final String ANNA = "anna@example.org";

  private final ReturnPath path = new ReturnPath("bounce@mail.example.com", SECRET);

  @Test
  void tells_the_message_and_whom_it_was_for() {
    String address = path.of(ID + "@shop.example.com", ANNA);

    assertThat(address).startsWith("bounce+").endsWith("@mail.example.com").hasSizeLessThan(85);
    assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(path.find(address))
        .hasValueSatisfying(
            sent -> {
              assertThat(sent.messageId()).isEqualTo(ID);
              assertThat(sent.isFor(ANNA)).isTrue();
              assertThat(sent.isFor("ANNA@Example.org")).isTrue();
              assertThat(sent.isFor("boris@example.org")).isFalse();
            });
  }

  @Property(tries = 200)
  void every_message_comes_back_in_any_case(
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long key,
      @ForAll long high,
      @ForAll long low) {
    ReturnPath any = new ReturnPath("bounce@mail.example.com", SECRET);
    String id = key + "." + new UUID(high, low);

    Optional<ReturnPath.Sent> sent =
        any.find("<" + any.of(id + "@x.example", ANNA).toUpperCase(Locale.ROOT) + ">");

    assertThat(sent.map(ReturnPath.Sent::messageId)).hasValue(id);
    assertThat(sent.filter(each -> each.isFor(ANNA))).isPresent();
  }

  @Test
  void domains_in_other_scripts_are_known_as_servers_write_them() {
    String address = path.of(ID, "anna@bücher.example");

    assertThat(path.find(address).orElseThrow().isFor("anna@xn--bcher-kva.example")).isTrue();
  }

  @Test
  void what_others_make_up_is_for_nobody() {
    String other = new ReturnPath("bounce@mail.example.com", SECRET + "!").of(ID, ANNA);

    assertThat(path.find(other)).isEmpty();
    assertThat(path.find("bounce+" + "v".repeat(52) + "@mail.example.com")).isEmpty();
    assertThat(path.find("bounce@mail.example.com")).isEmpty();
    assertThat(path.find("bounce+abc@mail.example.com")).isEmpty();
    assertThat(path.find(path.of(ID, ANNA).replace("mail.", "evil."))).isEmpty();
  }

  @Test
  void an_address_that_has_no_room_for_tokens_is_refused() {
    assertThatThrownBy(() -> new ReturnPath("twelve-chars@mail.example.com", SECRET))
        .hasMessageContaining("at most 11 characters before the @");
    assertThatThrownBy(() -> new ReturnPath("a+b@mail.example.com", SECRET))
        .hasMessageContaining("no +");
    assertThatThrownBy(() -> path.of("something@example.com", ANNA))
        .hasMessageContaining("NUMBER.UUID@DOMAIN");
  }
}
