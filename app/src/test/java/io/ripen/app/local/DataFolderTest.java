package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path folder;

  @Test
  void one_server_at_a_time_has_it() {
    try (DataFolder first = DataFolder.open(folder.resolve("data"))) {
      assertThatThrownBy(() -> DataFolder.open(first.root()))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll(
              first.root().toString(), "in use", "process " + ProcessHandle.current().pid());
    }
    DataFolder.open(folder.resolve("data")).close();
  }

  @Test
  void is_nobody_elses_business_when_we_have_made_it() throws IOException {
    try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void file_in_its_place_is_named() throws IOException {
    Path file = Files.createFile(folder.resolve("data"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(file.toString(), "--data");
  }

  @Test
  void secrets_are_made_once_and_readable_by_their_owner_only() throws IOException {
    Secrets first = Secrets.of(folder);

    assertThat(Secrets.of(folder)).isEqualTo(first);
    assertThat(first.signingKey()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(first.databasePassword()).isNotEqualTo(first.signingKey());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("signing-key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void too_little_room_is_told_with_numbers() {
    assertThatThrownBy(() -> DiskSpace.require(folder, Long.MAX_VALUE / 2, "the test"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(folder.toString(), "MB free", "the test needs");
  }

  @Test
  void port_that_is_given_twice_is_told_with_both_settings() {
    Port ripen = new Port(8080, "Ripen", "server.port");
    Port zeebe = new Port(8080, "Zeebe's REST", "ripen.local.zeebe.rest-port");

    assertThatThrownBy(() -> Port.requireFree(List.of(ripen, zeebe)))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "port 8080 is given twice",
            "Ripen (server.port)",
            "Zeebe's REST (ripen.local.zeebe.rest-port)");
  }

  @Test
  void port_that_is_taken_is_told_with_the_setting_that_changes_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Port port = new Port(taken.getLocalPort(), "Zeebe's gRPC", "ripen.local.zeebe.grpc-port");

      assertThatThrownBy(() -> Port.requireFree(List.of(port)))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll(
              "port " + taken.getLocalPort() + " is taken",
              "Zeebe's gRPC",
              "--ripen.local.zeebe.grpc-port=");
    }
  }
}
