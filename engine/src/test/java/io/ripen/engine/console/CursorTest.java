package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void a_cursor_is_read_as_it_was_written_whatever_the_id() {
    Cursor cursor = new Cursor(Instant.parse("2026-11-23T03:08:47.904617Z"), 1, "a_b_<ő>");

    assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
  }

  @Test
  void no_cursor_means_the_start() {
    assertThat(Cursor.parse("")).isEqualTo(Cursor.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1", "1_2", "x_1_a", "1_x_a", "99999999999999999999_1_a"})
  void anything_else_is_refused_with_what_was_expected(String text) {
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> Cursor.parse(text))
        .withMessageContaining("expected");
  }
}
