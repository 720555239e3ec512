package io.ripen.engine.rules;

import java.util.List;

/** Which versions of rule files there have been. */
public interface RuleHistory {

  /** The newest version of each file, by name. */
  List<RuleVersion> newest();

  /** All versions of one file, the newest first; none where there is no such file. */
  List<RuleVersion> versions(String name);
}
