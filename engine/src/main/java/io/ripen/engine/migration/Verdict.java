package io.ripen.engine.migration;

import java.util.List;
import java.util.Map;

/** Whether an instance can be moved. */
sealed interface Verdict {

  /**
   * @param places where it stands, and where it would
   * @param instructions what Zeebe has to be told: these, and what the instance waits for besides.
   *     Nothing else, so that Zeebe refuses one that has gone on meanwhile
   * @param givenUp what it waits for now and would not any more
   */
  record Fits(Map<String, String> places, Map<String, String> instructions, List<String> givenUp)
      implements Verdict {}

  /**
   * @param reason a sentence for whoever wants to move it
   */
  record Refused(String reason) implements Verdict {}
}
