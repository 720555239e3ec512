package io.ripen.benchmarks;

import io.ripen.app.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Tables go to standard output, what is going on meanwhile to standard error. */
final class Report {

  void heading(String text) {
    System.out.printf("%n## %s%n%n", text);
  }

  void paragraph(String text) {
    System.out.println(text.strip());
    System.out.println();
  }

  void table(Table table) {
    System.out.println(table);
    System.out.flush();
  }

  /** What it was measured on. */
  void machine() {
    Versions versions = Versions.read();
    paragraph(
        """
        Measured on %s: %d cores of %s, %d GB of memory, %s. Zeebe %s, Kafka %s, PostgreSQL %s, \
        Java %s."""
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memoryGigabytes(),
                System.getProperty("os.name"),
                versions.zeebe(),
                versions.kafka(),
                versions.postgres(),
                Runtime.version().feature()));
  }

  /** The most memory that each program had. */
  void memory(Programs programs) {
    heading("Peak memory");
    Table table = new Table("program", "MB");
    programs.peakMegabytes().forEach((name, megabytes) -> table.row(name, Table.number(megabytes)));
    table(table);
    paragraph(
        """
        Resident, at its highest since the start. PostgreSQL's is that of all its processes, with \
        the memory that they share counted once.""");
  }

  static void progress(String text, Object... arguments) {
    System.err.printf(Locale.ROOT, "… " + text + "%n", arguments);
  }

  /** Round 0 is there to warm up. */
  static void round(String what, int round, int rounds) {
    progress("%s: %s", what, round == 0 ? "warm-up" : "round %d of %d".formatted(round, rounds));
  }

  static void complain(String text) {
    System.err.println("ripen: " + text);
  }

  private static long memoryGigabytes() {
    return ((com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize()
        >> 30;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
