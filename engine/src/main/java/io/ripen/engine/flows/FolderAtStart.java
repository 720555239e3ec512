package io.ripen.engine.flows;

import java.nio.file.Path;
import java.util.Map;

/** What an engine deploys of its folder when it starts. */
interface FolderAtStart {

  /** All as it lies there. */
  FolderAtStart AS_IT_IS =
      new FolderAtStart() {
        @Override
        public byte[] toDeploy(Path file, byte[] inFolder) {
          return inFolder;
        }

        @Override
        public void note(Map<Path, byte[]> inFolder) {
          // There is nothing to compare with.
        }
      };

  /** The content that goes to Zeebe for a file of the folder. */
  byte[] toDeploy(Path file, byte[] inFolder);

  /** Notes what lies there, once Zeebe has it. */
  void note(Map<Path, byte[]> inFolder);
}
