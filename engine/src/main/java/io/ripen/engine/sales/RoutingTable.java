package io.ripen.engine.sales;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.tables.TableFact;
import io.ripen.engine.tables.TableFacts;
import io.ripen.engine.tables.TableForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The DMN table that tells which team gets a lead, and how long it has. It is read here and not by
 * Zeebe, since it asks for facts, which stay in PostgreSQL. Safe for use by many threads.
 */
public final class RoutingTable {

  /** Where it lies, in the folder with the flows. */
  public static final String FILE = FlowCheck.ROUTING;

  private static final TableForm<Facts, Route> FORM =
      new TableForm<>(
          "routing",
          TableForm.Hits.FIRST,
          new TableFacts<>(
              List.of(
                  new TableFact<>("lead.stage", facts -> fact(facts, "lead", "stage")),
                  new TableFact<>("lead.score", facts -> fact(facts, "lead", "score")),
                  new TableFact<>("lead.temperature", facts -> fact(facts, "lead", "temperature")),
                  new TableFact<>("lead.visits", facts -> fact(facts, "lead", "visits")),
                  new TableFact<>("lead.locale", facts -> fact(facts, "lead", "locale")),
                  new TableFact<>("lead.language", RoutingTable::language),
                  new TableFact<>("lead.timeZone", facts -> fact(facts, "lead", "timeZone")),
                  new TableFact<>("lead.source", RoutingTable::source),
                  new TableFact<>("order.total", facts -> fact(facts, "order", "total")),
                  new TableFact<>("order.currency", facts -> fact(facts, "order", "currency"))),
              null,
              facts -> "lead " + facts.leadId()),
          Route.OUTPUTS,
          Route::read);

  /** Read by the engine to check it, and by the workers to choose by it. */
  static final RuleFile<RoutingTable> RULES =
      new RuleFile<>(FILE, RoutingTable.class, RoutingTable::read);

  private final FactTable<Facts, Route> table;

  private RoutingTable(FactTable<Facts, Route> table) {
    this.table = table;
  }

  /**
   * Only checks a table.
   *
   * @throws InvalidTable when the engine could not use it
   */
  public static void check(Path file) {
    var unused = FactTable.read(file, FORM, new SimpleMeterRegistry());
  }

  /**
   * Reads and checks the table.
   *
   * @throws InvalidTable when it cannot be used; the message tells all that is wrong
   */
  static RoutingTable read(String shown, byte[] content, MeterRegistry meters) {
    return new RoutingTable(FactTable.read(shown, content, FORM, meters));
  }

  /** Where the lead goes; empty where no rule fits. */
  Optional<Route> route(Facts facts) {
    return table.matching(facts, rule -> true).stream().findFirst();
  }

  private static @Nullable Object language(Facts facts) {
    String locale = facts.person().locale();
    return locale == null ? null : Locale.forLanguageTag(locale.replace('_', '-')).getLanguage();
  }

  private static @Nullable Object source(Facts facts) {
    return fact(facts, "lead", "firstSource") instanceof Map<?, ?> source
        ? source.get("channel")
        : null;
  }

  private static @Nullable Object fact(Facts facts, String group, String name) {
    return facts.tree().get(group) instanceof Map<?, ?> values ? values.get(name) : null;
  }
}
