package io.ripen.app.imports;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvFileTest {

  @TempDir private Path folder;

  static Stream<Charset> unicodes() {
    return Stream.of(UTF_8, UTF_16LE, UTF_16BE);
  }

  @ParameterizedTest
  @MethodSource("unicodes")
  void a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_first_name(Charset charset)
      throws IOException {
    Path file = file(("\uFEFFemail;név\nanna@example.com;Őze Ű\n").getBytes(charset));
    assertThat(read(CsvFile.open(file, null, null)))
        .containsExactly("email|név", "2: anna@example.com|Őze Ű");
  }

  @Test
  void without_a_mark_it_is_utf_8_or_what_was_given() throws IOException {
    assertThat(read(CsvFile.open(file("email,név\na@b,Őze\n".getBytes(UTF_8)), null, null)))
        .contains("2: a@b|Őze");
    Charset german = Charset.forName("windows-1252");
    Path file = file("email,name\na@b,Müller\nb@b,Jürgen\n".getBytes(german));
    assertThatThrownBy(() -> CsvFile.open(file, null, null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not in UTF-8: see line 2")
        .hasMessageContaining("--encoding windows-1252");
    assertThat(read(CsvFile.open(file, german, null))).contains("3: b@b|Jürgen");
  }

  /** A buffer's end must not cut a character in two. */
  @Test
  void a_long_file_of_long_characters_is_read_whole() throws IOException {
    String cell = "ő".repeat(99) + "€";
    String text = "email,x\n" + ("a@b," + cell + "\n").repeat(2_000);
    CsvFile file = CsvFile.open(file(text.getBytes(UTF_8)), null, null);
    assertThat(file.lines()).isEqualTo(2_001);
    assertThat(read(file)).hasSize(2_001).endsWith("2001: a@b|" + cell);
  }

  @ParameterizedTest
  @CsvSource({"a;b;c, ;", "'a,b;c,d', ','", "a|b, |", "'\"x;y;z\",b', ','", "email, ','"})
  void the_delimiter_is_what_stands_most_often_outside_of_quotes(String header, char expected)
      throws IOException {
    assertThat(CsvFile.open(file(header.getBytes(UTF_8)), null, null).delimiter())
        .isEqualTo(expected);
  }

  @Test
  void a_tab_is_a_delimiter_and_one_that_is_given_is_taken() throws IOException {
    Path file = file("a\tb,c\n".getBytes(UTF_8));
    assertThat(CsvFile.open(file("a\tb\tc\n".getBytes(UTF_8)), null, null).delimiter())
        .isEqualTo('\t');
    assertThat(CsvFile.open(file, null, ';').delimiter()).isEqualTo(';');
  }

  @Test
  void rows_know_their_lines_whatever_is_in_their_cells() throws IOException {
    Path file =
        file(
            "email,x\r\na@b,\"two\r\nlines\"\r\n\r\nb@b,\"a \"\"word\"\"\"\r\nc@b,z"
                .getBytes(UTF_8));
    assertThat(read(CsvFile.open(file, null, null)))
        .containsExactly("email|x", "2: a@b|two\r\nlines", "5: b@b|a \"word\"", "6: c@b|z");
  }

  @Test
  void a_quotation_mark_that_is_never_closed_is_found_and_does_not_fill_the_memory()
      throws IOException {
    String text = "email,x\na@b,ok\nb@b,\"open\n" + "c@b,fine\n".repeat(200_000);
    CsvFile file = CsvFile.open(file(text.getBytes(UTF_8)), null, null);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no CSV from line 3 on")
        .hasMessageContaining("longer than");
  }

  @Test
  void an_empty_file_and_none_are_told_apart() throws IOException {
    CsvFile empty = CsvFile.open(file(new byte[0]), null, null);
    assertThatThrownBy(() -> new Rows(empty)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> CsvFile.open(folder.resolve("none.csv"), null, null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no file");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "list", ".csv"), bytes);
  }

  private static List<String> read(CsvFile file) {
    List<String> read = new ArrayList<>();
    try (var rows = new Rows(file)) {
      read.add(String.join("|", rows.header()));
      while (rows.hasNext()) {
        Rows.Row row = rows.next();
        read.add(row.line() + ": " + String.join("|", row.cells()));
      }
    }
    return read;
  }
}
