package io.ripen.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Segments.Encoding;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

  @ParameterizedTest
  @CsvSource({
    "a, 1, 1, 1",
    "a, 160, 160, 1",
    "a, 161, 161, 2",
    "a, 306, 306, 2",
    "a, 307, 307, 3",
    "€, 80, 160, 1",
    "€, 81, 162, 2",
    // 153 is odd: each segment has room for 76 characters of two septets.
    "€, 152, 304, 2",
    "€, 153, 306, 3",
    "à, 160, 160, 1",
    "Ç, 160, 160, 1",
  })
  void gsm_characters_are_packed_by_seven_bits(String character, int times, int units, int count) {
    assertThat(Segments.of(character.repeat(times)))
        .isEqualTo(new Segments(Encoding.GSM_7, units, count, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ő, 1, 1, 1",
    "ő, 70, 70, 1",
    "ő, 71, 71, 2",
    "ж, 134, 134, 2",
    "ж, 135, 135, 3",
    "😀, 35, 70, 1",
    "😀, 36, 72, 2",
    // 67 is odd: each segment has room for 33 pairs of surrogates.
    "😀, 66, 132, 2",
    "😀, 67, 134, 3",
  })
  void other_characters_are_packed_by_sixteen_bits(
      String character, int times, int units, int count) {
    assertThat(Segments.of(character.repeat(times)))
        .isEqualTo(new Segments(Encoding.UCS_2, units, count, character));
  }

  @Test
  void one_character_makes_the_whole_text_dear() {
    Segments plain = Segments.of("x".repeat(140));
    Segments dear = Segments.of("x".repeat(139) + "ő");

    assertThat(plain.count()).isEqualTo(1);
    assertThat(dear.count()).isEqualTo(3);
    assertThat(dear.forcing()).isEqualTo("ő");
  }

  @Test
  void what_forces_it_is_named_once_each() {
    assertThat(Segments.of("Kérjük, ne — “felejtsd” el! ű ű").forcing()).isEqualTo("ű—“”");
    assertThat(Segments.of("ç and Ç, ` and ´, á and à").forcing()).isEqualTo("`´áç");
  }

  @Test
  void the_alphabet_of_gsm_is_whole() {
    // 3GPP TS 23.038, 6.2.1 and 6.2.1.1: 128 codes less the escape, and 10 extensions.
    long gsm =
        IntStream.range(0, 0x10000)
            .filter(c -> !Character.isSurrogate((char) c))
            .filter(c -> Segments.of(Character.toString(c)).encoding() == Encoding.GSM_7)
            .count();

    assertThat(gsm).isEqualTo(127 + 10);
  }

  @Test
  void nothing_is_no_segment() {
    assertThat(Segments.of("")).isEqualTo(new Segments(Encoding.GSM_7, 0, 0, ""));
  }

  @Property
  void segments_hold_the_text_and_none_is_left_half_empty(
      @ForAll
          @StringLength(max = 800)
          @CharRange(from = ' ', to = '~')
          @Chars({'€', 'é', 'ő', '\n'})
          String text) {
    Segments segments = Segments.of(text);
    int room = segments.encoding().joined();

    if (segments.count() > 1) {
      assertThat(segments.units()).isGreaterThan(segments.encoding().alone());
      assertThat(segments.count() * room).isGreaterThanOrEqualTo(segments.units());
      // At most one unit of each but the last is lost to a pair that may not be parted.
      assertThat((segments.count() - 1) * (room - 1)).isLessThan(segments.units());
    } else {
      assertThat(segments.units()).isLessThanOrEqualTo(segments.encoding().alone());
    }
  }

  @Property
  void a_longer_text_never_takes_fewer(
      @ForAll @StringLength(max = 400) String text, @ForAll @StringLength(max = 50) String more) {
    assertThat(Segments.of(text + more).count()).isGreaterThanOrEqualTo(Segments.of(text).count());
  }
}
