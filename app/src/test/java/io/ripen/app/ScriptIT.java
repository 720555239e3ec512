package io.ripen.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ripen}, in a folder of its own and with tools that only say how they ran. */
class ScriptIT {

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path home;
  private Path jdk;
  private Path tools;
  private String javaHome = "";
  private int runs;

  /** One run of the script. */
  private record Run(Process process, Path out, Path err) {

    int exit() {
      await().atMost(SOON).until(() -> !process.isAlive());
      return process.exitValue();
    }

    String said() throws IOException {
      return Files.readString(out);
    }

    String complained() throws IOException {
      return Files.readString(err);
    }
  }

  @BeforeEach
  void set_up() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    tools = Files.createDirectory(folder.resolve("tools"));
    jdk = jdk("jdk", "21.0.1");
    Files.copy(Path.of("../ripen"), home.resolve("ripen"));
  }

  @AfterEach
  void let_everybody_go() throws IOException {
    Files.writeString(folder.resolve("go"), "");
  }

  @Test
  void jdk_that_is_chosen_runs_the_jar_with_what_was_given() throws IOException {
    built();
    program(jdk.resolve("bin/java"), "echo \"$@\"; exit 3");

    Run run = run("flow", "check", "a file");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.said())
        .contains("-Dripen.home=" + home.toRealPath(), "ripen-app-1.jar flow check a file");
  }

  @Test
  void jdk_that_is_too_old_is_passed_over() throws IOException {
    built();
    javaHome = jdk("old", "17.0.1").toString();
    Path newer = jdk("newer", "22.0.1");
    program(newer.resolve("bin/java"), "echo the newer one");
    Files.createSymbolicLink(tools.resolve("java"), newer.resolve("bin/java"));

    Run run = run("--version");

    assertThat(run.exit()).isZero();
    assertThat(run.said()).isEqualTo("the newer one\n");
  }

  @Test
  void without_a_jdk_one_sentence_says_what_to_install() throws IOException {
    built();
    // No machine has one that is so new.
    Path script = home.resolve("ripen");
    Files.writeString(
        script, Files.readString(script).replace("oldest_java=21\n", "oldest_java=999\n"));

    Run run = run("--version");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.said()).isEmpty();
    assertThat(run.complained().lines())
        .singleElement()
        .asString()
        .startsWith("ripen: no JDK 999 or newer was found")
        .contains("install one", "JAVA_HOME");
  }

  @Test
  void unknown_command_is_refused_by_the_program() throws IOException {
    real();

    Run run = run("serve");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.complained()).contains("serve").doesNotContain("\tat ");
  }

  @Test
  void flows_are_checked_by_the_program() throws IOException {
    real();
    Files.createSymbolicLink(home.resolve("bpmn"), Path.of("../bpmn").toRealPath());

    Run run = run("flow", "check");

    assertThat(run.complained()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.said()).contains("Nothing to complain about");
  }

  @Test
  void two_commands_at_once_build_once() throws IOException {
    mavenThatWaits();
    program(jdk.resolve("bin/java"), "echo ran");
    Run first = run("--version");
    await().atMost(SOON).until(() -> Files.exists(folder.resolve("builds")));

    Run second = run("--version");
    await().atMost(SOON).until(() -> second.complained().contains("Another ripen"));
    assertThat(second.complained())
        .contains("(process " + first.process().pid() + ") is building; waiting");
    Files.writeString(folder.resolve("go"), "");

    assertThat(first.exit()).isZero();
    assertThat(second.exit()).isZero();
    assertThat(second.said()).isEqualTo("ran\n");
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    assertThat(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void lock_of_a_killed_process_holds_nobody_up() throws IOException {
    mavenThatWaits();
    Files.writeString(folder.resolve("go"), "");
    program(jdk.resolve("bin/java"), "echo ran");
    Files.createDirectories(lock().getParent());
    Process dead = new ProcessBuilder("true").start();
    await().atMost(SOON).until(() -> !dead.isAlive());
    Files.createSymbolicLink(lock(), Path.of(Long.toString(dead.pid())));

    assertThat(run("--version").exit()).isZero();
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  @Test
  void maven_of_a_killed_ripen_is_ended_before_the_next_one_builds() throws IOException {
    mavenThatWaits();
    program(jdk.resolve("bin/java"), "echo ran");
    Run first = run("--version");
    await().atMost(SOON).until(() -> builds().size() == 1);
    ProcessHandle orphan = ProcessHandle.of(builds().getFirst()).orElseThrow();
    first.process().destroyForcibly();
    first.exit();
    assertThat(works(orphan)).isTrue();

    Run second = run("--version");
    await().atMost(SOON).until(() -> builds().size() == 2);
    assertThat(works(orphan)).isFalse();
    Files.writeString(folder.resolve("go"), "");

    assertThat(second.exit()).isZero();
    assertThat(second.said()).isEqualTo("ran\n");
    assertThat(second.complained())
        .contains("Ended the Maven that it left (process " + orphan.pid() + ")");
    assertThat(builder()).doesNotExist();
  }

  @Test
  void what_a_killed_build_has_made_is_built_anew() throws IOException {
    mavenThatWaits();
    Files.writeString(folder.resolve("go"), "");
    program(jdk.resolve("bin/java"), "echo ran");
    built();
    Files.createDirectories(builder().getParent());
    Files.writeString(builder(), "");

    assertThat(run("--version").exit()).isZero();
    assertThat(builds()).hasSize(1);
    assertThat(builder()).doesNotExist();
  }

  @Test
  void process_that_has_the_number_of_a_maven_that_is_gone_is_left_alone() throws IOException {
    mavenThatWaits();
    Files.writeString(folder.resolve("go"), "");
    program(jdk.resolve("bin/java"), "echo ran");
    Files.createDirectories(builder().getParent());
    Process somebody = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(builder(), somebody.pid() + " 1\n");

      Run run = run("--version");

      assertThat(run.exit()).isZero();
      assertThat(run.complained()).doesNotContain("Ended");
      assertThat(somebody.isAlive()).isTrue();
    } finally {
      somebody.destroyForcibly();
    }
  }

  @Test
  void build_that_fails_shows_the_end_of_its_log_and_gives_the_lock_back() throws IOException {
    program(tools.resolve("mvn"), "echo '[ERROR] no such symbol'; exit 1");

    Run run = run("--version");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.complained()).contains("no such symbol", "ripen: the build failed");
    assertThat(Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void tests_run_on_the_java_of_maven_which_is_told_of_the_jdk() throws IOException {
    maven("17.0.2");

    Run run = run("test", "-Pfaults");

    assertThat(run.exit()).isZero();
    assertThat(run.said())
        .isEqualTo("--batch-mode verify -Pfaults\nJAVA_HOME=\nJAVA_RIPEN_HOME=" + jdk + "\n");
  }

  @Test
  void maven_whose_java_is_too_old_for_the_build_runs_on_the_jdk() throws IOException {
    maven("11.0.2");

    Run run = run("test");

    assertThat(run.exit()).isZero();
    assertThat(run.said()).contains("JAVA_HOME=" + jdk + "\n");
  }

  private Run run(String... arguments) throws IOException {
    runs++;
    Path out = folder.resolve("out" + runs);
    Path err = folder.resolve("err" + runs);
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of("sh", home.resolve("ripen").toString()), Stream.of(arguments))
                .toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
    builder.environment().put("JAVA_HOME", javaHome);
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    if (!Files.exists(tools.resolve("java"))) {
      Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
    }
    return new Run(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  private Path jdk(String name, String version) throws IOException {
    Path made = folder.resolve(name);
    Files.createDirectories(made.resolve("bin"));
    Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(made.resolve("bin/javac"), "exit 1");
    program(made.resolve("bin/java"), "exit 1");
    return made.toRealPath();
  }

  private Path jar() throws IOException {
    return Files.createDirectories(home.resolve("app/target")).resolve("ripen-app-1.jar");
  }

  private void built() throws IOException {
    Files.writeString(jar(), "");
  }

  /** The program that the build has just made, on the Java that runs the tests. */
  private void real() throws IOException {
    Files.createDirectories(home.resolve("app"));
    Files.createSymbolicLink(home.resolve("app/target"), Path.of("target").toRealPath());
    jdk = Path.of(System.getProperty("java.home"));
  }

  private void mavenThatWaits() throws IOException {
    program(
        tools.resolve("mvn"),
        """
        echo "$$" >>%1$s/builds
        until [ -e %1$s/go ]; do sleep 0.1; done
        mkdir -p app/target
        : >app/target/ripen-app-1.jar"""
            .formatted(folder));
  }

  private void maven(String java) throws IOException {
    program(
        tools.resolve("mvn"),
        """
        [ "$1" != --version ] || { echo 'Java version: %s, vendor: Somebody'; exit; }
        echo "$@"
        echo "JAVA_HOME=${JAVA_HOME:-}"
        echo "JAVA_RIPEN_HOME=${JAVA_RIPEN_HOME:-}\""""
            .formatted(java));
  }

  private Path lock() {
    return home.resolve("target/ripen-build.lock");
  }

  /** The process of the build that runs, for the next start. */
  private Path builder() {
    return home.resolve("target/ripen-build.maven");
  }

  /** The processes of the builds that were begun. */
  private List<Long> builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds)
        ? Files.readAllLines(builds).stream().map(Long::valueOf).toList()
        : List.of();
  }

  /** One that has ended and that nobody has taken note of has no program any more. */
  private static boolean works(ProcessHandle process) {
    return process.info().command().isPresent();
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
