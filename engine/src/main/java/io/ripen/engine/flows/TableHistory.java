package io.ripen.engine.flows;

import io.ripen.engine.rules.RuleVersion;
import java.util.List;
import java.util.Map;

/** Where the versions of decision tables and forms are noted. */
@FunctionalInterface
interface TableHistory {

  /**
   * @param files by file name
   * @return the versions that they have now
   */
  List<RuleVersion> keep(Map<String, byte[]> files, String by);
}
