package io.ripen.engine.rules;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys the folder's rule files when an engine starts: what has changed since the last start. */
final class RulesAtStart {

  private static final Logger LOG = LoggerFactory.getLogger(RulesAtStart.class);

  private final RulesFolder folder;
  private final List<RuleFile<?>> files;
  private final KeepRules keep;
  private final RuleHistory history;
  private final FolderFiles lastStart;

  RulesAtStart(
      RulesFolder folder,
      List<RuleFile<?>> files,
      KeepRules keep,
      RuleHistory history,
      FolderFiles lastStart) {
    this.folder = folder;
    this.files = files;
    this.keep = keep;
    this.history = history;
    this.lastStart = lastStart;
  }

  void deploy() {
    Map<String, RuleVersion> before =
        history.newest().stream().collect(toMap(RuleVersion::name, version -> version));
    Map<String, byte[]> found = new TreeMap<>();
    Map<String, byte[]> changed = new TreeMap<>();
    for (RuleFile<?> file : files) {
      folder.content(file).ifPresent(content -> found.put(file.path(), content));
      byte[] content = found.get(file.path());
      RuleVersion former = before.get(file.name());
      if (content != null && (former == null || lastStart.isChanged(file.path(), content))) {
        changed.put(file.name(), content);
      } else if (content != null && former != null) {
        tellOther(former, content);
      }
    }
    for (RuleVersion version : keep.keep(changed, RuleVersion.AT_START)) {
      tellSuperseded(before.get(version.name()), version);
    }
    lastStart.note(found);
  }

  private void tellOther(RuleVersion former, byte[] inFolder) {
    if (!keep.newest(former.name()).map(now -> Arrays.equals(now, inFolder)).orElse(true)) {
      LOG.warn(
          "{} goes on as {} deployed it (version {}): the other one in {} has not changed since the last start",
          former.name(),
          former.deployedBy(),
          former.version(),
          folder.bpmn());
    }
  }

  private void tellSuperseded(@Nullable RuleVersion former, RuleVersion version) {
    if (former != null
        && former.version() < version.version()
        && !former.deployedBy().equals(RuleVersion.AT_START)) {
      LOG.warn(
          "{} as {} deployed it (version {}) is superseded by the file in {}, which has changed (version {})",
          former.name(),
          former.deployedBy(),
          former.version(),
          folder.bpmn(),
          version.version());
    }
  }
}
