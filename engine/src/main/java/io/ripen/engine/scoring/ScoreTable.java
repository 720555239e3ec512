package io.ripen.engine.scoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.PagePath;
import io.ripen.engine.tables.FactTable;
import io.ripen.engine.tables.InvalidTable;
import io.ripen.engine.tables.TableFact;
import io.ripen.engine.tables.TableFacts;
import io.ripen.engine.tables.TableForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The DMN table that tells how many points an event gives, the decision {@code score} of {@code
 * score.dmn}. Safe for use by many threads.
 */
public final class ScoreTable {

  /** Gives points that a flow or a person decided on: {@code points} and {@code reason}. */
  public static final String POINTS_ADDED = "Points Added";

  /** The file with this decision and with that of {@link TemperatureTable}. */
  public static final String FILE = "score.dmn";

  /**
   * The event alone. So the score does not depend on the order in which events come in, and can be
   * made again from them.
   */
  private static final List<TableFact<Event>> FACTS =
      List.of(
          new TableFact<>("event.name", Event::what),
          new TableFact<>("event.type", Event::type),
          new TableFact<>("event.site", Event::site),
          new TableFact<>("page.path", PagePath::of));

  private static final TableForm<Event, ScoreRule> FORM =
      new TableForm<>(
          "score",
          TableForm.Hits.ALL,
          new TableFacts<>(FACTS, Event::properties, event -> "event " + event.messageId()),
          ScoreRule.OUTPUTS,
          ScoreRule::read);

  private final FactTable<Event, ScoreRule> table;

  private final String digest;

  private ScoreTable(FactTable<Event, ScoreRule> table, String digest) {
    this.table = table;
    this.digest = digest;
  }

  /**
   * Only checks a table.
   *
   * @throws InvalidTable when the engine could not use it
   */
  public static void check(Path file) {
    var unused = read(file, new SimpleMeterRegistry());
  }

  /**
   * Reads and checks the table.
   *
   * @param meters where rules are counted that cannot be evaluated
   * @throws InvalidTable when it cannot be used; the message tells all that is wrong
   */
  public static ScoreTable read(Path file, MeterRegistry meters) {
    return new ScoreTable(FactTable.read(file, FORM, meters), digest(content(file)));
  }

  static ScoreTable read(String shown, byte[] content, MeterRegistry meters) {
    return new ScoreTable(FactTable.read(shown, content, FORM, meters), digest(content));
  }

  /** Tells this table from any other: the same only where the file was the same. */
  public String digest() {
    return digest;
  }

  /** The rules that the event matches; most events match none. */
  public List<ScoreRule> rules(Event event) {
    if (event.leadId() != null && event.name().equals(POINTS_ADDED)) {
      return added(event);
    }
    return table.matching(event, rule -> true);
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be read a second time", e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Only Ripen itself names a lead by its id, so no browser gives itself points. */
  private static List<ScoreRule> added(Event event) {
    JsonNode points = event.properties().path("points");
    if (!points.isNumber() || !ScoreRule.arePoints(points.decimalValue())) {
      return List.of();
    }
    BigDecimal number = points.decimalValue();
    String reason = event.properties().path("reason").asString("");
    return List.of(
        new ScoreRule(
            POINTS_ADDED,
            number.intValueExact(),
            reason.isBlank() ? "added" : reason,
            Counts.ALWAYS));
  }
}
