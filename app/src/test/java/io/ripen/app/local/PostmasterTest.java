package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {

  @TempDir Path folder;

  @Test
  void pid_and_time_are_read() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(Postmaster.FILE), "4711\n/data/postgres\n1790000000\n25432\n");

    assertThat(Postmaster.read(file))
        .contains(new Postmaster(4711, Instant.ofEpochSecond(1_790_000_000)));
  }

  @Test
  void file_that_is_missing_or_cut_off_names_no_server() throws IOException {
    assertThat(Postmaster.read(folder.resolve("none"))).isEmpty();
    assertThat(Postmaster.read(Files.writeString(folder.resolve("cut"), "4711\n/da"))).isEmpty();
  }

  @Test
  void process_that_is_no_postgres_has_only_got_the_number() {
    assertThat(new Postmaster(ProcessHandle.current().pid(), Instant.now()).running()).isEmpty();
  }
}
