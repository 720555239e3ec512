package io.ripen.engine.segments;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.rules.RuleFile;
import io.ripen.engine.tables.InvalidTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.core.NestedExceptionUtils;

/** The segments of {@code segments.dmn}: a decision with a literal expression each. */
public final class Segments {

  /** The file, as rules know it. */
  public static final RuleFile<Segments> FILE =
      new RuleFile<>(
          "segments.dmn", Segments.class, (shown, content, meters) -> read(shown, content));

  /** Only sees that conditions parse. */
  private static final Feel FEEL = new Feel(Clock.systemUTC());

  private final Map<String, Segment> byId;
  private final List<Segment> byFacts;

  private Segments(Map<String, Segment> byId) {
    this.byId = byId;
    this.byFacts = byId.values().stream().filter(segment -> !segment.isList()).toList();
  }

  /**
   * Reads and checks the file.
   *
   * @param file usually {@code bpmn/segments.dmn}
   * @throws InvalidTable when it cannot be used; the message tells all that is wrong, a line each
   */
  public static Segments read(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InvalidTable(
          file + ": there is no such file (expected: a DMN file, with a decision for each segment)",
          e);
    } catch (IOException e) {
      throw new InvalidTable(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Segments read(String shown, byte[] content) {
    List<String> problems = new ArrayList<>();
    Map<String, Segment> byId = new LinkedHashMap<>();
    for (Decision decision : decisions(shown, content)) {
      SegmentReader.read(decision, FEEL, problems)
          .ifPresent(segment -> byId.put(segment.id(), segment));
    }
    if (!problems.isEmpty()) {
      throw new InvalidTable(shown + ": " + String.join("\n  ", problems), null);
    }
    return new Segments(byId);
  }

  private static Collection<Decision> decisions(String shown, byte[] content) {
    try {
      return Dmn.readModelFromStream(new ByteArrayInputStream(content))
          .getModelElementsByType(Decision.class);
    } catch (ModelException e) {
      String cause = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
      throw new InvalidTable(shown + ": is no DMN file: " + cause, e);
    }
  }

  /** In the order of the file. */
  public Collection<Segment> all() {
    return byId.values();
  }

  /** Those whose members their condition tells. */
  public List<Segment> byFacts() {
    return byFacts;
  }

  /** The segment of this id, if there is one. */
  public Optional<Segment> named(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
