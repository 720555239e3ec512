package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.benchmarks.TouchLeads.Browser;
import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Touches a second by each channel, through all that a job goes through, beside a bare loop over
 * the same library that has as many messages with the provider at once. The providers are sinks in
 * a process of their own; of popups and chats it is PostgreSQL, which takes no time to think.
 */
final class TouchesBenchmark {

  private static final String SENDER = "sender";
  private static final String POSTGRES = "PostgreSQL";
  private static final String SINK = "sink";

  /** What is busier than this has nothing left to give. */
  private static final double BUSY = 0.85;

  private final Deployment ripen;
  private final Sizes sizes;

  TouchesBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
  }

  void run(Report report) throws Exception {
    PushKeys keys = PushKeys.generate("mailto:benchmark@shop.example");
    try (Sink sink = Sink.start(ripen.logs());
        TouchSender sender = TouchSender.start(ripen, sink, keys)) {
      var run = new Run(sender, sink, keys, leads(sink, keys));
      report.heading("Touches");
      List<TouchChannel> toProviders =
          sizes.channels().stream().filter(each -> !each.isOnSite()).toList();
      for (Duration thinks : toProviders.isEmpty() ? List.<Duration>of() : sizes.thinks()) {
        List<Contest> contests = contests(run, toProviders, thinks);
        report.paragraph(toProviders(thinks));
        print(report, contests, "answered in %d ms".formatted(thinks.toMillis()), SINK, thinks);
      }
      List<TouchChannel> onSite = sizes.channels().stream().filter(TouchChannel::isOnSite).toList();
      if (!onSite.isEmpty()) {
        List<Contest> contests = contests(run, onSite, Duration.ZERO);
        report.paragraph(onSite());
        print(report, contests, "on the site", POSTGRES, Duration.ZERO);
      }
    }
  }

  private List<Contest> contests(Run run, List<TouchChannel> channels, Duration thinks)
      throws Exception {
    List<Contest> contests = new ArrayList<>();
    for (TouchChannel channel : channels) {
      contests.add(contest(run, channel, thinks));
    }
    return contests;
  }

  /** What the rounds have in common. */
  private record Run(TouchSender sender, Sink sink, PushKeys keys, TouchLeads leads) {}

  /** The rounds of one channel: each of the two as often, in turn. */
  private record Contest(TouchChannel channel, List<Measured> ripen, List<Measured> bare) {

    List<Double> ratios() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < ripen.size(); i++) {
        ratios.add(ripen.get(i).perSecond() / bare.get(i).perSecond());
      }
      return ratios;
    }
  }

  private TouchLeads leads(Sink sink, PushKeys keys) throws SQLException {
    return leads(ripen, sink, keys);
  }

  /** Leads whose browsers are at the sink. */
  static TouchLeads leads(Deployment ripen, Sink sink, PushKeys keys) throws SQLException {
    return new TouchLeads(
        ripen.database(),
        new Browser(
            sink.http().resolve("/push/"),
            keys.publicKey(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(BarePush.AUTH),
            keys.publicKey()));
  }

  private Contest contest(Run run, TouchChannel channel, Duration thinks) throws Exception {
    String what = "touches by %s, answered in %d ms".formatted(channel.words(), thinks.toMillis());
    int count = sizes.messages();
    int lead = run.leads().store(count * (sizes.rounds() + 1), channel.messenger());
    Contest contest = new Contest(channel, new ArrayList<>(), new ArrayList<>());
    // Ripen goes first, so that the other has its message to send.
    Report.round(what, 0, sizes.rounds());
    touches(run, channel, thinks, lead);
    try (Bare bare = Bare.of(channel, run.sink(), run.keys(), ripen.database())) {
      bare(run, channel, thinks, bare);
      for (int round = 1; round <= sizes.rounds(); round++) {
        Report.round(what, round, sizes.rounds());
        if (round % 2 == 0) {
          contest.bare().add(bare(run, channel, thinks, bare));
        }
        contest.ripen().add(touches(run, channel, thinks, lead + round * count));
        if (round % 2 == 1) {
          contest.bare().add(bare(run, channel, thinks, bare));
        }
      }
    }
    return contest;
  }

  private Measured touches(Run run, TouchChannel channel, Duration thinks, int firstLead)
      throws Exception {
    return measured(
        run,
        channel,
        thinks,
        Callers.virtual(TouchChannel.Ours.JOBS),
        (caller, number) ->
            run.sender()
                .send(
                    channel,
                    firstLead + number,
                    message -> ripen.database().update(BareOnSite.SEEN, message)));
  }

  private Measured bare(Run run, TouchChannel channel, Duration thinks, Bare bare)
      throws Exception {
    return measured(
        run,
        channel,
        thinks,
        channel.keepsConnections()
            ? Callers.platform(channel.places())
            : Callers.virtual(channel.places()),
        bare);
  }

  private Measured measured(
      Run run, TouchChannel channel, Duration thinks, Callers callers, Callers.Task task)
      throws Exception {
    int count = sizes.messages();
    run.sink().clear(thinks);
    long before = taken(run, channel);
    Programs programs =
        new Programs()
            .withFamily(POSTGRES, ripen.postgres())
            .with(SENDER, ProcessHandle.current().pid())
            .with(SINK, run.sink().pid());
    Measured measured = Measured.of(programs, count, () -> callers.run(count, task));
    long taken = taken(run, channel) - before;
    if (taken != count) {
      throw new Failure(
          "%d messages by %s were taken (expected: %d)".formatted(taken, channel.words(), count));
    }
    return measured;
  }

  private long taken(Run run, TouchChannel channel)
      throws IOException, InterruptedException, SQLException {
    return channel.isOnSite()
        ? ripen.database().number("select count(*) from onsite_message where shown_at is not null")
        : run.sink().taken();
  }

  /**
   * @param receiver the program that takes the messages
   */
  private static void print(
      Report report, List<Contest> contests, String heading, String receiver, Duration thinks) {
    Table table = new Table(heading, "touches/s", "bare loop/s", "Ripen does", "in each round");
    Table cpu =
        new Table(
            "CPU seconds per 1000",
            SENDER,
            POSTGRES,
            SINK,
            "bare loop's sender",
            "its " + receiver,
            "what limits Ripen");
    for (Contest each : contests) {
      table.row(
          each.channel().words(),
          median(each.ripen(), Measured::perSecond),
          median(each.bare(), Measured::perSecond),
          Table.percent(Comparison.median(each.ratios().stream().mapToDouble(ratio -> ratio))),
          each.ratios().stream().map(Table::percent).collect(Collectors.joining(", ")));
      cpu.row(
          each.channel().words(),
          cpu(each.ripen(), SENDER),
          cpu(each.ripen(), POSTGRES),
          cpu(each.ripen(), SINK),
          cpu(each.bare(), SENDER),
          cpu(each.bare(), receiver),
          limit(each, thinks));
    }
    report.table(table);
    report.table(cpu);
  }

  private String toProviders(Duration thinks) {
    return """
        %,d touches a round, each to a lead of its own with consent, a cart and a condition: gate, \
        claim in PostgreSQL, the message of `%s` rendered, handed over and settled, for %d jobs at \
        once. Beside it a bare loop over the same library that sends messages of the same size, as \
        many at once as Ripen lets be with the provider (%d by e-mail, %d by the others, webhooks \
        %d). Providers are a sink in a process of its own that takes %d ms to answer. Webhooks have \
        neither gate nor ledger. Rounds in turn, %d each; medians."""
        .formatted(
            sizes.messages(),
            Deployment.FLOW,
            TouchChannel.Ours.JOBS,
            TouchChannel.Ours.CONNECTIONS,
            TouchChannel.Ours.AT_ONCE,
            TouchChannel.Ours.OF_ONE_RECEIVER,
            thinks.toMillis(),
            sizes.rounds());
  }

  private String onSite() {
    return """
        The same to leads who are on the site. Nobody else takes these messages: a row of \
        PostgreSQL is announced to the engines in the statement that keeps it; that it was seen is \
        written at once, without what an engine keeps of it, and then the touch is asked for again. \
        The bare loop is those two statements alone, over %d connections, as many as Ripen's pool \
        has. Rounds in turn, %d each; medians."""
        .formatted(TouchChannel.Ours.TO_THE_DATABASE, sizes.rounds());
  }

  /** In words; by what was measured. */
  private static String limit(Contest contest, Duration thinks) {
    double perSecond = Comparison.median(contest.ripen().stream().mapToDouble(Measured::perSecond));
    // For who answers at once there is no most.
    double most = contest.channel().places() / (thinks.toMillis() / 1000.0);
    if (perSecond > BUSY * most) {
      return "%d at once with the provider".formatted(contest.channel().places());
    }
    double busy =
        Comparison.median(contest.ripen().stream().mapToDouble(TouchesBenchmark::busyShare));
    return busy > BUSY
        ? "the processors"
        : String.format(Locale.ROOT, "waits; processors %.0f %% busy", 100 * busy);
  }

  /** Of all processors' time, what these programs had. */
  private static double busyShare(Measured measured) {
    double seconds = measured.cpuSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
    return seconds / (measured.took().toNanos() / 1e9) / Runtime.getRuntime().availableProcessors();
  }

  private static String cpu(List<Measured> rounds, String program) {
    return median(rounds, each -> each.cpuPerThousand(program));
  }

  private static String median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
    return Table.number(Comparison.median(rounds.stream().mapToDouble(value)));
  }
}
