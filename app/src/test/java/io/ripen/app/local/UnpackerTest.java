package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackerTest {

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void begin() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
  }

  @Test
  void files_links_and_rights_to_run_are_as_packed_without_the_outer_folder() throws IOException {
    Path archive =
        archive(
            tar -> {
              file(tar, "tool-1/bin/run", 0755, "#!/bin/sh");
              file(tar, "tool-1/lib/a.txt", 0644, "a");
              link(tar, "tool-1/lib/b.txt", "a.txt");
            });

    Unpacker.tarGz(archive, target);

    assertThat(target.resolve("bin/run")).isExecutable().hasContent("#!/bin/sh");
    assertThat(Files.isExecutable(target.resolve("lib/a.txt"))).isFalse();
    assertThat(target.resolve("lib/b.txt")).isSymbolicLink().hasContent("a");
  }

  @Test
  void entry_that_leads_out_of_the_folder_is_refused() throws IOException {
    Path archive = archive(tar -> file(tar, "tool-1/../../../evil", 0644, "!"));

    assertThatThrownBy(() -> Unpacker.tarGz(archive, target)).isInstanceOf(IOException.class);
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void link_that_leads_out_of_the_folder_is_refused() throws IOException {
    Path archive = archive(tar -> link(tar, "tool-1/lib", "../../outside"));

    assertThatThrownBy(() -> Unpacker.tarGz(archive, target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out of");
  }

  @Test
  void archive_that_was_cut_off_is_refused() throws IOException {
    Path archive = archive(tar -> file(tar, "tool-1/a", 0644, "a".repeat(100_000)));
    byte[] all = Files.readAllBytes(archive);
    Files.write(archive, java.util.Arrays.copyOf(all, all.length - 20));

    assertThatThrownBy(() -> Unpacker.tarGz(archive, target)).isInstanceOf(IOException.class);
  }

  private interface Packing {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  private Path archive(Packing packing) throws IOException {
    Path archive = folder.resolve("tool.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      packing.into(tar);
    }
    return archive;
  }

  private static void file(TarArchiveOutputStream tar, String name, int mode, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    entry.setMode(0100000 | mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
