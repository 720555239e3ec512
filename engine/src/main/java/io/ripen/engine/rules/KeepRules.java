package io.ripen.engine.rules;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.tables.InvalidTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps versions of rule files. What the engine could not use is never kept: ask {@link #problems}
 * first.
 */
public final class KeepRules {

  private final Map<String, RuleFile<?>> files = new TreeMap<>();
  private final RuleFilesJdbc table;
  private final TransactionTemplate transaction;
  private final Clock clock;

  KeepRules(
      List<RuleFile<?>> files, RuleFilesJdbc table, TransactionTemplate transaction, Clock clock) {
    files.forEach(file -> this.files.put(file.name(), file));
    this.table = table;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Whether the engine itself reads files of this name. */
  public boolean reads(String name) {
    return files.containsKey(name);
  }

  /** All that keeps the engine from using a file; nothing for one that it does not read. */
  public List<String> problems(String name, byte[] content) {
    RuleFile<?> file = files.get(name);
    if (file == null) {
      return List.of();
    }
    try {
      Object unused = file.read(name, content, new SimpleMeterRegistry());
      return List.of();
    } catch (InvalidTable e) {
      return String.valueOf(e.getMessage()).lines().map(String::strip).toList();
    }
  }

  /** The newest version of each file that has any, by name. */
  public Map<String, byte[]> newest() {
    Map<String, byte[]> newest = new TreeMap<>();
    table
        .numbers(files.keySet())
        .forEach(
            (name, version) ->
                table.content(name, version).ifPresent(content -> newest.put(name, content)));
    return newest;
  }

  /** The newest version of a file, where it has any. */
  public Optional<byte[]> newest(String name) {
    return Optional.ofNullable(table.numbers(List.of(name)).get(name))
        .flatMap(version -> table.content(name, version));
  }

  /** The newest version of each file that was kept and that the engine does not read, by name. */
  public Map<String, byte[]> others() {
    Map<String, byte[]> others = new TreeMap<>();
    for (RuleVersion version : table.newest()) {
      if (!reads(version.name())) {
        table
            .content(version.name(), version.version())
            .ifPresent(content -> others.put(version.name(), content));
      }
    }
    return others;
  }

  /**
   * Keeps a version of each file whose content is not that of its newest version, in the caller's
   * transaction or in one of its own. Of several who do so at once, one is first.
   *
   * @param by who deploys them
   * @return the versions that the files have now
   * @throws InvalidTable when the engine could not use one of them
   */
  public List<RuleVersion> keep(Map<String, byte[]> contents, String by) {
    return Objects.requireNonNull(transaction.execute(status -> keepAll(contents, by)));
  }

  private List<RuleVersion> keepAll(Map<String, byte[]> contents, String by) {
    contents.forEach(this::require);
    table.lock();
    List<RuleVersion> kept = new ArrayList<>();
    new TreeMap<>(contents).forEach((name, content) -> kept.add(keep(name, content, by)));
    return kept;
  }

  private void require(String name, byte[] content) {
    List<String> problems = problems(name, content);
    if (!problems.isEmpty()) {
      throw new InvalidTable(String.join("\n  ", problems), null);
    }
  }

  private RuleVersion keep(String name, byte[] content, String by) {
    String checksum = checksum(content);
    Optional<RuleVersion> same = table.newestIfSame(name, checksum);
    if (same.isPresent()) {
      return same.get();
    }
    int newest = table.numbers(List.of(name)).getOrDefault(name, 0);
    var version = new RuleVersion(name, newest + 1, clock.instant(), by);
    table.add(version, checksum, content);
    return version;
  }

  static String checksum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
