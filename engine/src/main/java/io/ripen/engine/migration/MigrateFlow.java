package io.ripen.engine.migration;

import io.ripen.engine.migration.MigrationJdbc.Version;
import io.ripen.engine.migration.Preview.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * Moves running instances of a flow to another version. Where they stand is told by the read model,
 * about a second late; so each is moved only from exactly there: Zeebe refuses one that has gone on
 * meanwhile. What they sent is told by the ledger, which is never late.
 */
final class MigrateFlow {

  private static final int PAGE = 1_000;

  private final MigrationJdbc table;
  private final MoveInstances mover;

  MigrateFlow(MigrationJdbc table, MoveInstances mover) {
    this.table = table;
    this.mover = mover;
  }

  /**
   * What is wanted.
   *
   * @param from the version whose instances move; null for all older ones
   * @param to the version that they move to; null for the newest
   * @param map what has another id there
   */
  record Wish(String flow, @Nullable Integer from, @Nullable Integer to, Map<String, String> map) {}

  /** The wish, with the versions that it is about. */
  private record Plan(Version target, FlowGraph targetGraph, Map<Version, Source> sources) {}

  private record Source(FlowGraph graph, Mapping mapping) {}

  /** Counts the instances by where they stand and how they would fare; changes nothing. */
  Preview preview(Wish wish) throws InvalidMigration {
    Plan plan = plan(wish);
    List<Group> groups = new ArrayList<>();
    plan.sources().forEach((version, source) -> groups.addAll(groups(wish, plan, version, source)));
    return new Preview(wish.flow(), plan.target().number(), groups);
  }

  private List<Group> groups(Wish wish, Plan plan, Version version, Source source) {
    Map<Group, Long> counted = new LinkedHashMap<>();
    long after = -1;
    List<Instance> page = table.page(version, wish.flow(), after, PAGE);
    while (!page.isEmpty()) {
      for (Instance instance : page) {
        counted.merge(group(plan, version, source, instance), 1L, Long::sum);
      }
      after = page.getLast().key();
      page = table.page(version, wish.flow(), after, PAGE);
    }
    return counted.entrySet().stream()
        .map(
            each ->
                new Group(
                    each.getKey().version(),
                    each.getValue(),
                    each.getKey().places(),
                    each.getKey().givenUp(),
                    each.getKey().refused()))
        .toList();
  }

  private static Group group(Plan plan, Version version, Source source, Instance instance) {
    FlowGraph graph = source.graph();
    Map<String, String> places = new TreeMap<>();
    return switch (source.mapping().verdict(instance)) {
      case Verdict.Fits fits -> {
        fits.places()
            .forEach((old, now) -> places.put(graph.shown(old), plan.targetGraph().shown(now)));
        yield new Group(
            version.number(), 0, places, fits.givenUp().stream().map(graph::shown).toList(), null);
      }
      case Verdict.Refused refused -> {
        instance.places().forEach(place -> places.put(graph.shown(place), ""));
        yield new Group(version.number(), 0, places, List.of(), refused.reason());
      }
    };
  }

  /**
   * Moves the next instances.
   *
   * @param version the one whose instances are next; null for the oldest of the wish
   * @param after the last instance of the batch before
   */
  Batch move(Wish wish, @Nullable Integer version, long after, int limit) throws InvalidMigration {
    Plan plan = plan(wish);
    List<Version> sources = List.copyOf(plan.sources().keySet());
    for (Version source : sources) {
      if (version != null && source.number() < version) {
        continue;
      }
      boolean goesOn = version != null && source.number() == version;
      long behind = goesOn ? after : -1;
      Optional<Batch> batch =
          mover.move(
              source.number(),
              plan.target(),
              Objects.requireNonNull(plan.sources().get(source)).mapping(),
              wish.map(),
              () -> table.page(source, wish.flow(), behind, limit));
      if (batch.isPresent()) {
        return batch.get();
      }
    }
    return new Batch(version == null ? 0 : version, after, false, 0, 0, 0, List.of());
  }

  private Plan plan(Wish wish) throws InvalidMigration {
    List<Version> versions = table.versions(wish.flow());
    if (versions.isEmpty()) {
      throw new InvalidMigration(
          "there is no flow %s (expected: one of ./ripen flow versions)".formatted(wish.flow()));
    }
    Version target = wish.to() == null ? versions.getFirst() : find(versions, wish.to(), wish);
    List<Version> sources =
        wish.from() == null
            ? versions.stream()
                .filter(version -> version.number() < target.number())
                .filter(table::isRunning)
                .toList()
            : List.of(find(versions, wish.from(), wish));
    if (sources.contains(target)) {
      throw new InvalidMigration(
          "version %d is both where from and where to (expected: two versions)"
              .formatted(target.number()));
    }
    FlowGraph targetGraph = graph(wish, target);
    Map<Version, Source> mappings = new LinkedHashMap<>();
    List<FlowGraph> graphs = new ArrayList<>();
    for (Version source : sources.reversed()) {
      FlowGraph graph = graph(wish, source);
      graphs.add(graph);
      mappings.put(
          source,
          new Source(
              graph,
              new Mapping(
                  wish.flow(), graph, source.number(), targetGraph, target.number(), wish.map())));
    }
    List<String> unknown = Mapping.unknown(wish.map(), graphs, targetGraph);
    if (!unknown.isEmpty() && !sources.isEmpty()) {
      throw new InvalidMigration(
          "--map names %s, which no version has on that side (expected: OLD=NEW, ids of elements)"
              .formatted(String.join(", ", unknown)));
    }
    return new Plan(target, targetGraph, mappings);
  }

  private static FlowGraph graph(Wish wish, Version version) throws InvalidMigration {
    try {
      return FlowGraph.read(wish.flow(), version.xml());
    } catch (ModelException e) {
      throw new InvalidMigration(
          "version %d of flow %s cannot be read: %s (expected: BPMN as Camunda Modeler writes it)"
              .formatted(version.number(), wish.flow(), e.getMessage()));
    }
  }

  private static Version find(List<Version> versions, int number, Wish wish)
      throws InvalidMigration {
    return versions.stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidMigration(
                    "flow %s has no version %d (expected: 1 to %d)"
                        .formatted(wish.flow(), number, versions.getFirst().number())));
  }
}
