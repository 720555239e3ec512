package io.ripen.app.imports;

import io.ripen.app.Failure;
import io.ripen.app.ProgressBar;
import io.ripen.app.Terminal;
import io.ripen.app.imports.Batch.Refused;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.MailDomains;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of an import, from the first row that is not done to the last. While a batch is on its
 * way the next one is read; never two are on their way, so that the rows of one person come in in
 * the order of the file.
 */
public final class LeadsImport {

  private final Terminal terminal;
  private final ImportSettings settings;
  private final MailDomains mailDomains;
  private final CsvFile file;
  private final Path progressFile;
  private volatile Progress progress = Progress.none("");

  /**
   * @param rows how many were read
   * @param refused how many of them are not taken
   */
  public record Result(long rows, long refused) {

    public long taken() {
      return rows - refused;
    }
  }

  /**
   * Looks the file through.
   *
   * @param mailDomains says which addresses cannot be reached
   * @throws Failure when it cannot be used
   */
  public LeadsImport(Terminal terminal, ImportSettings settings, MailDomains mailDomains) {
    if (Stream.of(settings.refused(), settings.refusedInDryRun())
        .anyMatch(each -> each.toAbsolutePath().equals(settings.file().toAbsolutePath()))) {
      throw new Failure("--refused is the file itself (expected: another one)");
    }
    this.terminal = terminal;
    this.settings = settings;
    this.mailDomains = mailDomains;
    this.file = CsvFile.open(settings.file(), settings.encoding(), settings.delimiter());
    this.progressFile = Progress.beside(settings.file());
  }

  /** Reads and checks all rows, tells which are refused, and sends nothing. */
  public Result check() {
    try (Rows rows = new Rows(file)) {
      var read = reader(rows, new ContactIds(new byte[1]));
      try (Report report =
              Report.anew(settings.refusedInDryRun(), file.delimiter(), rows.header());
          DomainCheck domains = new DomainCheck(mailDomains, terminal)) {
        var bar = new ProgressBar(terminal, "rows", 0);
        long refused = 0;
        long number = 0;
        while (rows.hasNext()) {
          Batch batch = batch(rows, read);
          domains.sift(batch);
          report.add(inOrder(batch.refused()));
          refused += batch.refused().size();
          number = batch.lastRow();
          bar.show(number, file.lines() - 1);
        }
        return new Result(number, refused);
      }
    }
  }

  /** The next rows, and nothing that could be sent of them. */
  private static Batch batch(Rows rows, ReadContact read) {
    var batch = new Batch();
    while (rows.hasNext() && !batch.isFull()) {
      Rows.Row row = rows.next();
      switch (read.of(row.cells())) {
        case Contact.Refused no -> batch.add(new Refused(row, no.reason()));
        case Contact.Person person ->
            batch.add(new Batch.Said(row, person.mailDomain(), List.of()));
      }
    }
    return batch;
  }

  private static List<Refused> inOrder(List<Refused> refused) {
    return refused.stream().sorted(Comparator.comparingLong(each -> each.row().number())).toList();
  }

  /**
   * Sends all rows that are not done yet.
   *
   * @throws Failure when it cannot go on; the same import goes on there later
   */
  public Result run(ContactIds ids, Door door) {
    try (Rows rows = new Rows(file)) {
      ReadContact read = reader(rows, ids);
      begin(origin(Columns.of(rows.header(), settings.wishes())));
      try (Report report = report(rows);
          DomainCheck domains = new DomainCheck(mailDomains, terminal);
          ExecutorService courier = Executors.newVirtualThreadPerTaskExecutor()) {
        keep(report, progress.rows(), progress.refused());
        var work = new Work(read, domains, report, door, courier);
        return work.all(rows);
      }
    }
  }

  /** How many rows are done. */
  public long rowsDone() {
    return progress.rows();
  }

  private ReadContact reader(Rows rows, ContactIds ids) {
    Columns columns = Columns.of(rows.header(), settings.wishes());
    terminal.say(
        "%s: %s, delimiter %s, about %,d rows"
            .formatted(
                settings.fileName(),
                file.charset(),
                file.delimiter() == '\t' ? "tab" : "'" + file.delimiter() + "'",
                Math.max(0, file.lines() - 1)));
    terminal.sayPlain("  told: " + String.join(", ", columns.describe(rows.header())), "green");
    if (!columns.unused().isEmpty()) {
      terminal.sayPlain(
          "  left out: %s (--map \"%s=…\" takes it in)"
              .formatted(String.join(", ", columns.unused()), columns.unused().getFirst()),
          "yellow");
    }
    return new ReadContact(columns, rows.header().size(), settings.country(), ids);
  }

  private Report report(Rows rows) {
    Report report =
        Report.goOn(
            settings.refused(),
            file.delimiter(),
            rows.header(),
            progress.refusedBytes(),
            progress.refusedDigest());
    if (report.isAnew()) {
      Path kept = report.kept();
      terminal.sayPlain(
          "  %s is %s%s"
              .formatted(
                  settings.refused(),
                  kept == null
                      ? "no longer there"
                      : "not what this import wrote, and is kept as " + kept,
                  progress.refused() == 0
                      ? ""
                      : ": a new one begins, without the %,d rows that were refused before"
                          .formatted(progress.refused())),
          "yellow");
    } else if (report.kept() != null) {
      terminal.sayPlain(
          "  %s has more than was noted when the import broke off: those rows come again; as it was it is kept as %s"
              .formatted(settings.refused(), report.kept()),
          "yellow");
    }
    return report;
  }

  private void keep(Report report, long rows, long refused) {
    progress = new Progress(progress.origin(), rows, refused, report.bytes(), report.digest());
    progress.write(progressFile);
  }

  /** The same file in the same way is the same import, wherever it lies. */
  private String origin(Columns columns) {
    return String.join(
        "\n",
        file.digest(),
        columns.key(),
        settings.consents().toString(),
        String.valueOf(settings.wording()),
        String.valueOf(settings.country()),
        settings.source(),
        "");
  }

  private void begin(String origin) {
    Progress earlier = Progress.read(progressFile);
    if (earlier != null && earlier.origin().startsWith(origin)) {
      progress = earlier;
      terminal.say("  goes on behind row %,d".formatted(progress.rows()));
    } else {
      progress = Progress.none(settings.again() ? origin + "again " + UUID.randomUUID() : origin);
      progress.write(progressFile);
    }
  }

  /** Reads, sends and keeps account. */
  private final class Work {

    private final ReadContact read;
    private final DomainCheck domains;
    private final Report report;
    private final Door door;
    private final ExecutorService courier;
    private final ContactEvents events = new ContactEvents(settings, progress.origin());
    private final ObjectNode context = ContactEvents.context(settings.source());
    private final ProgressBar bar = new ProgressBar(terminal, "rows", progress.rows());
    private @Nullable Future<List<Refused>> onItsWay;
    private Batch sent = new Batch();

    Work(ReadContact read, DomainCheck domains, Report report, Door door, ExecutorService courier) {
      this.read = read;
      this.domains = domains;
      this.report = report;
      this.door = door;
      this.courier = courier;
    }

    Result all(Rows rows) {
      var batch = new Batch();
      while (rows.hasNext()) {
        Rows.Row row = rows.next();
        if (row.number() > progress.rows()) {
          add(row, batch);
        }
        if (batch.isFull()) {
          send(batch);
          batch = new Batch();
        }
      }
      send(batch);
      settle();
      Progress.delete(progressFile);
      return new Result(progress.rows(), progress.refused());
    }

    private void add(Rows.Row row, Batch batch) {
      switch (read.of(row.cells())) {
        case Contact.Refused no -> batch.add(new Refused(row, no.reason()));
        case Contact.Person person ->
            batch.add(new Batch.Said(row, person.mailDomain(), events.of(row, person)));
      }
    }

    private void send(Batch batch) {
      // While the one before is on its way.
      domains.sift(batch);
      settle();
      sent = batch;
      onItsWay = courier.submit(() -> door.send(batch.said(), context));
    }

    /** Waits for what is on its way, and writes down what became of it. */
    private void settle() {
      if (onItsWay == null) {
        return;
      }
      List<Refused> refused = new ArrayList<>(sent.refused());
      refused.addAll(await(onItsWay));
      onItsWay = null;
      if (!sent.isEmpty()) {
        report.add(inOrder(refused));
        keep(report, sent.lastRow(), progress.refused() + refused.size());
        bar.show(progress.rows(), Math.max(progress.rows(), file.lines() - 1));
      }
    }

    private static List<Refused> await(Future<List<Refused>> sending) {
      try {
        return sending.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw new IllegalStateException("a batch could not be sent", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("interrupted", e);
      }
    }
  }
}
