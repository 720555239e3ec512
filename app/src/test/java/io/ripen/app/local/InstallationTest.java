package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  @TempDir Path cache;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicInteger fillings = new AtomicInteger();
  private Installation installation;

  @BeforeEach
  void begin() {
    installation = new Installation(cache, Terminal.plain(new PrintStream(said)));
  }

  private Path install() {
    return installation.of(
        "tool-1",
        folder -> {
          fillings.incrementAndGet();
          Files.createDirectory(folder.resolve("lib"));
          Files.writeString(folder.resolve("lib/a.jar"), "content");
        });
  }

  @Test
  void folder_is_filled_once() {
    assertThat(install().resolve("lib/a.jar")).hasContent("content");
    install();

    assertThat(fillings).hasValue(1);
  }

  @Test
  void folder_with_a_file_cut_off_or_missing_is_filled_again_and_people_are_told()
      throws IOException {
    Files.writeString(install().resolve("lib/a.jar"), "cont");
    assertThat(install().resolve("lib/a.jar")).hasContent("content");

    Files.delete(install().resolve("lib/a.jar"));
    assertThat(install().resolve("lib/a.jar")).hasContent("content");

    assertThat(fillings).hasValue(3);
    assertThat(said.toString()).contains("tool-1 is damaged");
  }

  @Test
  void filling_that_breaks_off_leaves_nothing_and_says_why() throws IOException {
    assertThatThrownBy(
            () ->
                installation.of(
                    "tool-1",
                    folder -> {
                      Files.writeString(folder.resolve("half"), "");
                      throw new EOFException("Unexpected end of ZLIB input stream");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("tool-1", cache.toString(), "Unexpected end of ZLIB");

    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void what_a_killed_run_has_left_half_done_is_removed_but_not_what_another_is_doing()
      throws IOException {
    Path abandoned = Files.createDirectory(cache.resolve(".tool-1-123"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path atWork = Files.createDirectory(cache.resolve(".tool-1-456"));

    install();

    assertThat(abandoned).doesNotExist();
    assertThat(atWork).exists();
  }
}
