package io.ripen.engine.flows;

import io.ripen.engine.rules.FolderFiles;
import io.ripen.engine.rules.KeepRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that has changed since the last start goes to Zeebe; of others what is in service does,
 * whoever deployed it. Zeebe has that, and gives it no new version, unless it has lost its data.
 */
final class SinceLastStart implements FolderAtStart {

  private static final Logger LOG = LoggerFactory.getLogger(SinceLastStart.class);

  private final FlowCheck folder;
  private final FolderFiles lastStart;
  private final Existing flows;
  private final KeepRules others;

  /** By name, from before the first deploy: what an emptied Zeebe tells may replace the rest. */
  private final Map<String, byte[]> before = new HashMap<>();

  private boolean isRemembered;

  SinceLastStart(FlowCheck folder, FolderFiles lastStart, Existing flows, KeepRules others) {
    this.folder = folder;
    this.lastStart = lastStart;
    this.flows = flows;
    this.others = others;
  }

  @Override
  public byte[] toDeploy(Path file, byte[] inFolder) {
    rememberAll();
    String path = folder.shown(file);
    if (lastStart.isChanged(path, inFolder)) {
      return inFolder;
    }
    byte[] inService =
        inService(file)
            .or(() -> Optional.ofNullable(before.get(name(file))))
            .filter(content -> content.length > 0)
            .orElse(inFolder);
    if (!Arrays.equals(inService, inFolder)) {
      LOG.warn(
          "{} goes on as it was deployed since: the other one in {} has not changed since the last start",
          path,
          folder.folder());
    }
    return inService;
  }

  private void rememberAll() {
    if (!isRemembered) {
      isRemembered = true;
      folder
          .files()
          .forEach(file -> inService(file).ifPresent(content -> before.put(name(file), content)));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Optional<byte[]> inService(Path file) {
    String name = name(file);
    return FlowCheck.isFlow(file)
        ? flows
            .newest(name.substring(0, name.lastIndexOf('.')))
            .map(xml -> xml.getBytes(StandardCharsets.UTF_8))
        : others.newest(name);
  }

  @Override
  public void note(Map<Path, byte[]> inFolder) {
    Map<String, byte[]> files = new HashMap<>();
    inFolder.forEach((file, content) -> files.put(folder.shown(file), content));
    lastStart.note(files);
  }
}
