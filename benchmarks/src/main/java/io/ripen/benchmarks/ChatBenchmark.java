package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * What visitors' open windows cost one engine, and how soon a line of a chat is there while all of
 * them are open. The windows are a process of their own.
 */
final class ChatBenchmark {

  /** Opened before the first look, so that what the first of all needs is not counted. */
  private static final int FIRST = 100;

  /** Who write; each of them a few lines, as more than twenty a minute are refused. */
  private static final int LINES_OF_ONE = 5;

  private static final double MEGABYTE = 1024.0 * 1024;

  private static final List<String> VISITORS =
      List.of(
          """
          insert into lead (id, stage, first_name, visits, page_views, first_seen_at, last_seen_at)
          select %1$s, 'VISITOR', 'Anna', 1, 1, now(), now() from generate_series(0, ?) n
          """,
          """
          insert into lead_identity (kind, value, lead_id, since)
          select 'anonymous', %1$s::text, %1$s, now() from generate_series(0, ?) n
          """);

  private static final String ID = "('00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid";

  private final Deployment ripen;
  private final Sizes sizes;

  ChatBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
  }

  private record Memory(double heap, double resident) {}

  void run(Report report) throws Exception {
    int windows = Math.max(sizes.windows(), FIRST + 1);
    List<String> options = new ArrayList<>(sizes.jvmForWindows());
    options.add("-Dripen.on-site.most-windows=" + windows);
    ripen.replaceEngine(options);
    storeVisitors(windows);
    Process client =
        new ProcessBuilder(
                Build.ours(ChatClient.class, List.of(), Integer.toString(ripen.enginePort())))
            .redirectError(ripen.logs().resolve("chat.log").toFile())
            .start();
    try (PrintStream orders = new PrintStream(client.getOutputStream(), true, UTF_8);
        BufferedReader answers =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      Report.progress("chat: opening %,d windows", windows);
      tell(orders, answers, "open " + FIRST);
      Memory before = memory();
      tell(orders, answers, "open " + (windows - FIRST));
      Memory after = memory();
      int visitors = Math.clamp(sizes.lines() * sizes.seconds() / LINES_OF_ONE, 1, windows);
      Report.progress("chat: warm-up");
      tell(orders, answers, talk(Math.max(1, sizes.seconds() / 2), visitors));
      Report.progress("chat: %d lines a second, each answered", sizes.lines());
      double[] millis =
          Arrays.stream(tell(orders, answers, talk(sizes.seconds(), visitors)).split(" ", 0))
              .mapToDouble(Double::parseDouble)
              .toArray();
      print(report, windows, before, after, millis);
    } finally {
      client.destroy();
    }
  }

  private String talk(int seconds, int visitors) {
    return "talk %d %d %d".formatted(sizes.lines(), seconds, visitors);
  }

  private void storeVisitors(int count) throws SQLException {
    for (String sql : VISITORS) {
      ripen.database().update(sql.formatted(ID), count - 1);
    }
    ripen.database().update("vacuum analyze lead");
    ripen.database().update("vacuum analyze lead_identity");
  }

  private String tell(PrintStream orders, BufferedReader answers, String order) throws IOException {
    orders.println(order);
    String answer = answers.readLine();
    if (answer == null) {
      throw new Failure(
          "the windows of visitors ended at \"%s\"; why is in %s (too few open files? ulimit -n says how many)"
              .formatted(order, ripen.logs().resolve("chat.log")));
    }
    return answer;
  }

  /** After a full collection. */
  private Memory memory() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    // The first only makes soft and finalizable objects free.
    for (int i = 0; i < 2; i++) {
      Process collection =
          new ProcessBuilder(jcmd.toString(), Long.toString(ripen.engine()), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ripen.logs().resolve("jcmd.log").toFile())
              .start();
      if (collection.waitFor() != 0) {
        throw new Failure("jcmd ended with %d".formatted(collection.exitValue()));
      }
    }
    return new Memory(heapUsed(), new ProcessUsage(ripen.engine(), false).megabytes());
  }

  private double heapUsed() throws IOException, InterruptedException {
    URI metric =
        URI.create(
            "http://127.0.0.1:%d/actuator/metrics/jvm.memory.used?tag=area:heap"
                .formatted(ripen.enginePort()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client.send(HttpRequest.newBuilder(metric).build(), BodyHandlers.ofString()).body();
      return JsonMapper.shared()
              .readTree(answer)
              .path("measurements")
              .path(0)
              .path("value")
              .asDouble(Double.NaN)
          / MEGABYTE;
    }
  }

  private void print(Report report, int windows, Memory before, Memory after, double[] millis) {
    report.heading("Chat");
    report.table(
        new Table("windows open", "heap after a collection, MB", "resident, MB")
            .row(FIRST, Table.number(before.heap()), Table.number(before.resident()))
            .row(
                "%,d".formatted(windows),
                Table.number(after.heap()),
                Table.number(after.resident()))
            .row(
                "KB for each",
                perWindow(before.heap(), after.heap(), windows),
                perWindow(before.resident(), after.resident(), windows)));
    report.table(
        new Table("ms, %,d windows open".formatted(windows), "p50", "p99", "most")
            .row(
                "from the visitor to who looks into the console",
                Table.number(millis[0]),
                Table.number(millis[1]),
                Table.number(millis[2]))
            .row(
                "from the person in the console to the visitor's window",
                Table.number(millis[3]),
                Table.number(millis[4]),
                Table.number(millis[5])));
    report.paragraph(
        """
        %d lines a second from visitors, each looked at in the console at once and answered. The \
        console's page looks every two seconds by itself, which is not in it. The engine's JVM runs \
        with %s."""
            .formatted(sizes.lines(), String.join(" ", sizes.jvmForWindows())));
  }

  private static String perWindow(double before, double after, int windows) {
    return String.format(Locale.ROOT, "%.1f", (after - before) * 1024 / (windows - FIRST));
  }
}
