package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.AddRepositoriesOp;
import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

  private static final String TOOL = "com.example:tool:1";
  private static final String CONTENT = "content";
  private static final String SHA1_OF_CONTENT = "040f06fd774092478d450774f5ba30c5da78acc8";

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path served;
  private Repository repository;

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectories(folder.resolve("served/com/example/tool/1"));
    repository =
        new Repository(
            Terminal.plain(new PrintStream(said)),
            ContextOverrides.create()
                .withUserSettings(false)
                .withLocalRepositoryOverride(folder.resolve("kept"))
                .addRepositoriesOp(AddRepositoriesOp.REPLACE)
                .repositories(
                    List.of(
                        new RemoteRepository.Builder(
                                "served", "default", folder.resolve("served").toUri().toString())
                            .build())));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void publish(String content, String checksum) throws IOException {
    Files.writeString(served.resolve("tool-1.jar"), content);
    Files.writeString(served.resolve("tool-1.jar.sha1"), checksum);
  }

  @Test
  void file_comes_with_its_checksum() throws IOException {
    publish(CONTENT, SHA1_OF_CONTENT);

    assertThat(repository.file(TOOL)).hasContent(CONTENT).startsWith(folder.resolve("kept"));
  }

  @Test
  void download_that_does_not_match_its_checksum_is_refused() throws IOException {
    publish("contents of somebody else", SHA1_OF_CONTENT);

    assertThatThrownBy(() -> repository.file(TOOL))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("com.example:tool:1 could not be fetched", "Checksum");
  }

  @Test
  void file_that_was_spoilt_after_it_came_is_fetched_again_and_people_are_told()
      throws IOException {
    publish(CONTENT, SHA1_OF_CONTENT);
    Files.writeString(repository.file(TOOL), "spoilt");

    assertThat(repository.file(TOOL)).hasContent(CONTENT);
    assertThat(said.toString()).contains("is damaged");
  }

  @Test
  void full_disk_is_not_taken_for_a_broken_connection() {
    Exception full = new IllegalStateException(new IOException("No space left on device"));

    assertThat(Repository.notFetched(TOOL, full, folder))
        .hasMessageContainingAll(TOOL, "the disk of " + folder + " is full")
        .hasMessageNotContaining("connection");
  }

  @Test
  void room_is_asked_for_where_the_folder_will_be() {
    assertThatThrownBy(
            () ->
                DiskSpace.requireFor(
                    folder.resolve("not/there/yet"), Long.MAX_VALUE / 2, "the test"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(folder.toString(), "MB free");
  }
}
