package io.ripen.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "E-Mail, email",
    "e-mail address, email",
    "E-MAIL-ADRESSE, email",
    "Эл. почта, email",
    "First Name, firstName",
    "first_name, firstName",
    "Vorname, firstName",
    "Фамилия, lastName",
    "Keresztnév, firstName",
    "Mobile Phone, phone",
    "User ID, userId"
  })
  void usual_names_need_no_map(String column, String field) {
    Columns columns = Columns.of(List.of("x", column, "email"), List.of());
    assertThat(columns.fields()).containsEntry(field, 1);
  }

  @Test
  void a_wish_goes_before_what_is_usual_and_one_column_may_tell_two_things() {
    Columns columns =
        Columns.of(
            List.of("email", "work", "Name"),
            Columns.Wish.parse("Work=email, work=userId,name=nick name"));
    assertThat(columns.fields()).containsEntry("email", 1).containsEntry("userId", 1);
    assertThat(columns.fields()).containsEntry("nick name", 2);
    assertThat(columns.unused()).containsExactly("email");
  }

  @Test
  void a_name_with_an_equals_sign_can_be_mapped() {
    assertThat(Columns.Wish.parse("a=b=email")).containsExactly(new Columns.Wish("a=b", "email"));
  }

  @Test
  void what_cannot_be_used_is_refused_with_what_there_is() {
    assertThatThrownBy(() -> Columns.of(List.of("a", "b"), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there are: a, b")
        .hasMessageContaining("--map \"COLUMN=email\"");
    assertThatThrownBy(() -> Columns.of(List.of("a", "b"), Columns.Wish.parse("c=email")))
        .hasMessageContaining("no column 'c' (expected: one of a, b)");
    assertThatThrownBy(() -> Columns.of(List.of("a", "b"), Columns.Wish.parse("a=email,b=email")))
        .hasMessageContaining("two columns tell email");
    assertThatThrownBy(() -> Columns.Wish.parse("email")).hasMessageContaining("E-Mail=email");
  }
}
