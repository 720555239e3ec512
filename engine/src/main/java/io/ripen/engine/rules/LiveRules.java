package io.ripen.engine.rules;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.tables.InvalidTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest version of each rule file that can be used, read once and swapped all together. It
 * begins with what the folder has, for as long as nothing was deployed.
 */
final class LiveRules implements Rules {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

  private final List<RuleFile<?>> files;
  private final RuleFilesJdbc table;
  private final MeterRegistry meters;

  /** The newest versions that were looked at, usable or not. */
  private final Map<String, Integer> seen = new TreeMap<>();

  /** What each file was last read from. */
  private final Map<String, byte[]> contents = new TreeMap<>();

  private volatile RuleSet now;

  /**
   * @throws InvalidTable when a file of the folder cannot be used
   */
  LiveRules(
      List<RuleFile<?>> files, RulesFolder folder, RuleFilesJdbc table, MeterRegistry meters) {
    this.files = files;
    this.table = table;
    this.meters = meters;
    RuleSet set = RuleSet.NONE;
    for (RuleFile<?> file : files) {
      Optional<byte[]> content = folder.content(file);
      if (content.isPresent()) {
        set = with(set, file, folder.path(file).toString(), content.get());
        contents.put(file.name(), content.get());
      }
    }
    now = set;
  }

  @Override
  public RuleSet now() {
    return now;
  }

  @Override
  public synchronized void refresh() {
    Map<String, Integer> numbers = table.numbers(files.stream().map(RuleFile::name).toList());
    RuleSet set = now;
    Map<String, byte[]> read = new TreeMap<>(contents);
    for (RuleFile<?> file : files) {
      int newest = numbers.getOrDefault(file.name(), 0);
      int known = seen.getOrDefault(file.name(), 0);
      for (int version = newest; version > known; version--) {
        Optional<RuleSet> taken = take(set, read, file, version);
        if (taken.isPresent()) {
          set = taken.get();
          break;
        }
      }
    }
    // All at once, also for whoever comes after a failure on the way.
    now = set;
    contents.putAll(read);
    seen.putAll(numbers);
  }

  private Optional<RuleSet> take(
      RuleSet set, Map<String, byte[]> read, RuleFile<?> file, int version) {
    Optional<byte[]> content = table.content(file.name(), version);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    String shown = file.name() + " version " + version;
    if (Arrays.equals(content.get(), read.get(file.name()))) {
      return Optional.of(set);
    }
    try {
      RuleSet more = with(set, file, shown, content.get());
      read.put(file.name(), content.get());
      LOG.info("{} holds from now on", shown);
      return Optional.of(more);
    } catch (InvalidTable e) {
      // Only another release of Ripen can have kept it.
      LOG.error(
          "A version of a rule file cannot be used, and the former one goes on: {}. Correct it and"
              + " deploy it again: ./ripen flow deploy {}",
          e.getMessage(),
          file.name());
      return Optional.empty();
    }
  }

  private <T> RuleSet with(RuleSet set, RuleFile<T> file, String shown, byte[] content) {
    return set.with(file, file.read(shown, content, meters));
  }
}
