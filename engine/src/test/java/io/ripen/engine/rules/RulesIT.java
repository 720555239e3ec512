package io.ripen.engine.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class RulesIT {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final RuleFile<String> ONE =
      new RuleFile<>("one.dmn", String.class, RulesIT::read);
  private static final RuleFile<String> TWO =
      new RuleFile<>("two.dmn", String.class, RulesIT::read);

  @TempDir private Path folder;

  private final DataSource database = TestDatabase.migrated();
  private RulesFixture process;
  private RulesFixture other;

  @BeforeEach
  void twoProcessesStart() throws IOException {
    Files.writeString(folder.resolve("one.dmn"), "one of the folder");
    Files.writeString(folder.resolve("two.dmn"), "two of the folder");
    process = process();
    other = process();
  }

  @Test
  void the_folder_holds_for_as_long_as_nothing_was_deployed() {
    assertThat(process.rules().now().get(ONE)).isEqualTo("one of the folder");
    assertThat(process.history().newest()).isEmpty();
  }

  @Test
  void what_one_process_is_given_the_others_take_over() {
    process.keep().keep(files("one.dmn", "new"), "anna");
    assertThat(other.rules().now().get(ONE)).isEqualTo("one of the folder");

    process.refresh();
    other.refresh();

    assertThat(process.rules().now().get(ONE)).isEqualTo("new");
    assertThat(other.rules().now().get(ONE)).isEqualTo("new");
    assertThat(other.rules().now().get(TWO)).isEqualTo("two of the folder");
    assertThat(process().rules().now().get(ONE)).as("after a start").isEqualTo("new");
  }

  @Test
  void a_start_supersedes_what_was_deployed_only_by_a_file_that_has_changed() throws IOException {
    process.start();
    process.keep().keep(files("one.dmn", "of anna"), "anna");

    assertThat(afterAStart()).as("the folder is as it was").isEqualTo("of anna");
    assertThat(afterAStart()).isEqualTo("of anna");

    Files.writeString(folder.resolve("one.dmn"), "changed");
    assertThat(afterAStart()).isEqualTo("changed");

    process.keep().keep(files("one.dmn", "of bela"), "bela");
    Files.writeString(folder.resolve("one.dmn"), "of bela");
    assertThat(afterAStart()).as("what was deployed is saved").isEqualTo("of bela");
    Files.writeString(folder.resolve("one.dmn"), "changed");
    assertThat(afterAStart()).as("and taken back").isEqualTo("changed");

    assertThat(process.history().versions("one.dmn"))
        .extracting(RuleVersion::deployedBy)
        .containsExactly(
            RuleVersion.AT_START, "bela", RuleVersion.AT_START, "anna", RuleVersion.AT_START);
    assertThat(process.history().versions("two.dmn")).hasSize(1);
  }

  private String afterAStart() {
    RulesFixture again = process();
    again.start();
    return again.rules().now().get(ONE);
  }

  @Test
  void who_has_asked_once_sees_no_other_version() {
    RuleSet asked = process.rules().now();
    process.keep().keep(Map.of("one.dmn", bytes("new"), "two.dmn", bytes("newer")), "anna");
    process.refresh();

    assertThat(asked.get(ONE)).isEqualTo("one of the folder");
    assertThat(asked.get(TWO)).isEqualTo("two of the folder");
    assertThat(process.rules().now().get(TWO)).isEqualTo("newer");
  }

  @Test
  void each_change_is_listed_with_who_and_when_and_no_change_is_none() {
    process.keep().keep(files("one.dmn", "first"), "anna");
    process.keep().keep(files("one.dmn", "first"), "bela");
    process.keep().keep(files("one.dmn", "second"), "bela");
    process.keep().keep(files("one.dmn", "first"), "carla");

    assertThat(process.history().versions("one.dmn"))
        .containsExactly(
            new RuleVersion("one.dmn", 3, NOW, "carla"),
            new RuleVersion("one.dmn", 2, NOW, "bela"),
            new RuleVersion("one.dmn", 1, NOW, "anna"));
    assertThat(process.history().newest()).extracting(RuleVersion::version).containsExactly(3);
    assertThat(process.history().versions("three.dmn")).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_never_kept_nor_what_comes_with_it() {
    Map<String, byte[]> files = Map.of("one.dmn", bytes("good"), "two.dmn", bytes("broken"));

    assertThat(process.keep().problems("two.dmn", bytes("broken"))).containsExactly("no rules");
    assertThatThrownBy(() -> process.keep().keep(files, "anna")).isInstanceOf(InvalidTable.class);
    assertThat(process.history().newest()).isEmpty();
  }

  @Test
  void one_that_another_release_kept_and_this_one_cannot_read_is_kept_off() {
    process.keep().keep(files("one.dmn", "good"), "anna");
    new JdbcTemplate(database)
        .update(
            """
            insert into rule_file (name, version, checksum, content, deployed_at, deployed_by)
            values ('one.dmn', 2, 'x', 'broken', now(), 'the future')
            """);
    process.refresh();
    assertThat(process.rules().now().get(ONE)).isEqualTo("good");

    process.keep().keep(files("one.dmn", "corrected"), "anna");
    process.refresh();
    assertThat(process.rules().now().get(ONE)).isEqualTo("corrected");
  }

  @Test
  void processes_that_start_at_once_keep_one_version() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Object> start = () -> process().keep().keep(files("one.dmn", "new"), "start");
      for (var each : threads.invokeAll(Collections.nCopies(8, start))) {
        each.get();
      }
    }
    assertThat(process.history().versions("one.dmn"))
        .extracting(RuleVersion::version)
        .containsExactly(1);
  }

  private RulesFixture process() {
    return new RulesFixture(database, folder, Clock.fixed(NOW, ZoneOffset.UTC), ONE, TWO);
  }

  private static String read(String shown, byte[] content, MeterRegistry meters) {
    String text = new String(content, UTF_8);
    if (text.equals("broken")) {
      throw new InvalidTable("no rules", null);
    }
    return text;
  }

  private static Map<String, byte[]> files(String name, String content) {
    return Map.of(name, bytes(content));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
