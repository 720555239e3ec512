package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.GateInMemory;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.gate.Request;
import io.ripen.engine.gate.Run;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The gate's decisions: of facts that are at hand, and with the facts, the consents and what else
 * the lead got read from PostgreSQL, as it is for each touch.
 */
final class GateBenchmark {

  /** Touches that each lead has got, three days apart. */
  private static final int HISTORY = 6;

  private static final int MANY = 8;
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final String CONDITION = "cart.state = \"open\"";
  private static final double MICRO = 1000;

  private final Deployment ripen;
  private final Sizes sizes;

  GateBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
  }

  /** Asks the gate about the lead of this number. */
  @FunctionalInterface
  private interface Question {
    GateDecision ask(int lead) throws InvalidFeel;
  }

  private record Answers(double perSecond, Percentiles micros, long allowed, long all) {}

  void run(Report report) throws Exception {
    PushKeys keys = PushKeys.generate("mailto:benchmark@shop.example");
    try (Sink sink = Sink.start(ripen.logs());
        TouchSender workers = TouchSender.start(ripen, sink, keys)) {
      Report.progress("gate: storing %,d leads with %d touches each", sizes.leads(), HISTORY);
      TouchLeads leads = TouchesBenchmark.leads(ripen, sink, keys);
      int first = leads.store(sizes.leads(), "telegram");
      leads.remember(first, sizes.leads(), HISTORY);
      print(report, first, workers);
    }
  }

  private void print(Report report, int first, TouchSender workers) throws Exception {
    Gate memory = GateInMemory.of(HISTORY);
    Facts facts = facts();
    Gate gate = workers.part(Gate.class);
    LeadFacts reader = workers.part(LeadFacts.class);
    Table table = new Table("decisions", "threads", "a second", "µs, p50", "µs, p99", "allowed");
    row(
        table,
        "of facts in memory",
        1,
        lead -> memory.decide(request(lead, GateInMemory.NOON), facts));
    Question stored =
        lead ->
            gate.decide(
                request(lead, Instant.now()),
                reader.read(TouchSender.subject(lead)).orElseThrow(() -> missing(lead)));
    row(table, "of facts from PostgreSQL", 1, lead -> stored.ask(first + lead));
    row(table, "of facts from PostgreSQL", MANY, lead -> stored.ask(first + lead));
    report.heading("Gate");
    report.table(table);
    report.paragraph(
        """
        %,d leads with %d touches in the last weeks each, consents for four channels and a cart; by \
        e-mail and SMS in turn, with a condition on the cart. In memory quiet hours and holidays are \
        looked up, too."""
            .formatted(sizes.leads(), HISTORY));
  }

  private void row(Table table, String what, int threads, Question question) throws Exception {
    Report.progress("gate: decisions %s, %d at once", what, threads);
    Answers unused = ask(threads, question);
    Answers answers = ask(threads, question);
    table.row(
        what,
        threads,
        Table.number(answers.perSecond()),
        Table.number(answers.micros().at(50)),
        Table.number(answers.micros().at(99)),
        Table.percent((double) answers.allowed() / answers.all()));
  }

  private Answers ask(int threads, Question question) throws Exception {
    long end = System.nanoTime() + A_WHILE.toNanos();
    long began = System.nanoTime();
    List<Double> micros = new ArrayList<>();
    long allowed = 0;
    long all = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Asker>> askers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        askers.add(executor.submit(() -> new Asker().ask(question, end, sizes.leads())));
      }
      for (Future<Asker> each : askers) {
        Asker asker = each.get();
        micros.addAll(asker.micros);
        allowed += asker.allowed;
        all += asker.all;
      }
    }
    return new Answers(
        all * 1e9 / (System.nanoTime() - began), new Percentiles(micros), allowed, all);
  }

  private static final class Asker {
    /** Of so many one is timed, so that the clock does not cost more than what it measures. */
    private static final int TIMED = 16;

    private final List<Double> micros = new ArrayList<>();
    private long allowed;
    private long all;

    Asker ask(Question question, long end, int leads) throws InvalidFeel {
      long now = System.nanoTime();
      while (now < end) {
        for (int i = 0; i < TIMED - 1; i++) {
          count(question.ask(ThreadLocalRandom.current().nextInt(leads)));
        }
        long before = System.nanoTime();
        count(question.ask(ThreadLocalRandom.current().nextInt(leads)));
        now = System.nanoTime();
        micros.add((now - before) / MICRO);
      }
      return this;
    }

    private void count(GateDecision decision) {
      all++;
      if (decision instanceof GateDecision.Allow) {
        allowed++;
      }
    }
  }

  private static Request request(int lead, Instant now) {
    return new Request(
        lead,
        new Run(
            Deployment.FLOW, 1, "serviceTask_sendReminder", Subject.lead(TouchLeads.lead(lead))),
        lead % 2 == 0 ? Medium.EMAIL : Medium.SMS,
        "marketing",
        Priority.NORMAL,
        CONDITION,
        now,
        UseBy.of(Duration.ofDays(2), Duration.ZERO, now));
  }

  private static Facts facts() {
    return new Facts(
        TouchLeads.lead(0),
        new Facts.Person(
            "anna@example.com", "+36301234567", null, null, "Anna", "en", "Europe/Budapest", false),
        Map.of("cart", Map.of("state", "open"), "lead", Map.of("stage", "LEAD")));
  }

  private static Failure missing(int lead) {
    return new Failure("lead %d is not stored".formatted(lead));
  }
}
