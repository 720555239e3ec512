package io.ripen.engine.segments;

import io.ripen.engine.feel.Feel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.core.NestedExceptionUtils;

/** The segments of {@code segments.dmn}: a decision with a literal expression each. */
public final class Segments {

  /** The file's name, directly in the folder with the flows; without it there are no segments. */
  public static final String FILE = "segments.dmn";

  private static final Segments NONE = new Segments(Map.of(), "");

  private final Map<String, Segment> byId;
  private final String digest;

  private Segments(Map<String, Segment> byId, String digest) {
    this.byId = byId;
    this.digest = digest;
  }

  /**
   * Reads and checks the file.
   *
   * @param file usually {@code bpmn/segments.dmn}; one that is not there has no segments
   * @throws InvalidSegments when it cannot be used; the message tells all that is wrong
   */
  public static Segments read(Path file, Feel feel) {
    byte[] content;
    try {
      if (!Files.exists(file)) {
        return NONE;
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidSegments(file, List.of("cannot be read: " + e.getMessage()), e);
    }
    return read(file, content, feel);
  }

  private static Segments read(Path file, byte[] content, Feel feel) {
    Collection<Decision> decisions;
    try {
      decisions =
          Dmn.readModelFromStream(new ByteArrayInputStream(content))
              .getModelElementsByType(Decision.class);
    } catch (ModelException e) {
      String cause = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
      throw new InvalidSegments(file, List.of("is no DMN file: " + cause), e);
    }
    List<String> problems = new ArrayList<>();
    Map<String, Segment> byId = new LinkedHashMap<>();
    for (Decision decision : decisions) {
      SegmentReader.read(decision, feel, problems)
          .ifPresent(segment -> byId.put(segment.id(), segment));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSegments(file, problems, null);
    }
    return new Segments(byId, digest(byId));
  }

  /** In the order of the file. */
  public Collection<Segment> all() {
    return byId.values();
  }

  /** The segment of this id, if there is one. */
  public Optional<Segment> named(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Tells these conditions from any others. */
  public String digest() {
    return digest;
  }

  private static String digest(Map<String, Segment> byId) {
    StringBuilder conditions = new StringBuilder();
    byId.values()
        .forEach(s -> conditions.append(s.id()).append('=').append(s.condition()).append('\n'));
    return UUID.nameUUIDFromBytes(conditions.toString().getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
