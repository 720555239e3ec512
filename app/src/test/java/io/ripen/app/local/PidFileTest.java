package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir Path folder;
  private final ProcessHandle us = ProcessHandle.current();

  @Test
  void process_is_found_again_by_what_was_written_down() throws IOException {
    PidFile.of(us, JavaProgram.executable()).write(folder.resolve("us.pid"));

    assertThat(PidFile.read(folder.resolve("us.pid")).flatMap(PidFile::running)).contains(us);
  }

  @Test
  void same_number_with_another_start_is_another_process() {
    PidFile earlier =
        new PidFile(
            us.pid(), Instant.parse("2026-01-01T00:00:00Z"), us.info().command().orElse(""));

    assertThat(earlier.running()).isEmpty();
  }

  @Test
  void same_number_with_another_program_is_another_process() {
    PidFile other = new PidFile(us.pid(), us.info().startInstant().orElseThrow(), "/usr/bin/other");

    assertThat(other.running()).isEmpty();
  }

  @Test
  void file_that_was_cut_off_names_no_process() throws IOException {
    Files.writeString(folder.resolve("cut.pid"), us.pid() + "\n2026-01-");

    assertThat(PidFile.read(folder.resolve("cut.pid"))).isEmpty();
  }
}
