package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeebeServerTest {

  @TempDir Path folder;

  /**
   * The JVM says so when it ends, and nobody hears it; the next start would take four times the CPU
   * time.
   */
  @Test
  void no_folder_of_classes_keeps_the_jvm_from_keeping_them() throws Exception {
    Path home = folder.resolve("zeebe-1");
    for (String part : List.of("config", "lib")) {
      Files.createDirectories(home.resolve(part));
    }
    try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
      ZeebeServer zeebe =
          new ZeebeServer(
              home,
              data,
              new LocalSettings.Zeebe(1, 2, 3, 4, 5, List.of(), Map.of()),
              Map.of(),
              LocalClock.kept(folder.resolve("clock-offset")));

      List<String> command = zeebe.launch().command();

      assertThat(command).contains("-XX:SharedArchiveFile=" + folder.resolve("zeebe-1.jsa"));
      assertThat(command.get(command.indexOf("-cp") + 1).split(":"))
          .isNotEmpty()
          .allSatisfy(entry -> assertThat(Path.of(entry)).doesNotExist().hasFileName("*"));
    }
  }
}
