package io.ripen.engine.flows;

import io.ripen.engine.rules.RuleVersion;
import java.util.List;

/** What became of a deploy. */
public sealed interface DeployResult {

  /**
   * Zeebe has all the files that it runs, and the database all that the engine reads.
   *
   * @param flows the flows in them, with the versions that they have now
   * @param tables the tables in them, likewise
   * @param warnings what the check said, none of it an error
   */
  record Deployed(List<DeployedFlow> flows, List<RuleVersion> tables, List<Finding> warnings)
      implements DeployResult {

    public Deployed(List<DeployedFlow> flows, List<Finding> warnings) {
      this(flows, List.of(), warnings);
    }
  }

  /**
   * Nothing was deployed: the check found errors.
   *
   * @param findings errors and warnings
   */
  record Refused(List<Finding> findings) implements DeployResult {}

  /**
   * Nothing was deployed: Zeebe itself refused.
   *
   * @param reason Zeebe's words
   */
  record Rejected(String reason) implements DeployResult {}

  /**
   * Nobody knows whether anything was deployed: Zeebe cannot be reached, or did not answer. Try
   * again; what Zeebe has already gets no second version.
   *
   * @param cause what stood in the way
   */
  record Unavailable(String cause) implements DeployResult {}

  /**
   * One flow that Zeebe has.
   *
   * @param processId the flow's id
   * @param version counted by Zeebe, from 1; not raised by a file that did not change
   * @param processKey Zeebe's process definition key
   * @param file the name under which it was deployed
   */
  record DeployedFlow(String processId, int version, long processKey, String file) {}
}
