package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what came in, all of it or nothing: as events, which wait in PostgreSQL for Kafka, and as
 * addresses that nobody may write to any more, at once. What comes again changes nothing.
 */
@Component
@Profile("engine")
class KeepInbound implements Listener.Sink {

  private final InboundJdbc table;
  private final KeepReports reports;
  private final KeepWords words;
  private final KeepOptIns optIns;

  KeepInbound(InboundJdbc table, KeepReports reports, KeepWords words, KeepOptIns optIns) {
    this.table = table;
    this.reports = reports;
    this.words = words;
    this.optIns = optIns;
  }

  @Override
  @Transactional
  public void keep(List<Inbound> inbound) {
    for (Inbound each : inbound) {
      switch (each) {
        case Inbound.Report report -> reports.keep(report);
        case Inbound.FromPerson person -> keep(person);
      }
    }
  }

  /**
   * Told once more, a yes of before a STOP would count as one after it, and the other way round.
   */
  private void keep(Inbound.FromPerson person) {
    if (!table.isFirst(person.id())) {
      return;
    }
    optIns.isThere(person);
    switch (person) {
      case Inbound.Said said -> words.keep(said);
      case Inbound.Opened opened -> words.keep(opened);
      case Inbound.AskedForHelp asked -> words.keep(asked);
      case Inbound.OptedOut out -> optIns.keep(out);
      case Inbound.OptedIn in -> optIns.keep(in);
    }
  }
}
