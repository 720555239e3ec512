package io.ripen.engine.flows;

import java.util.Map;

/** Zeebe's side of a deploy. */
@FunctionalInterface
interface ZeebeDeploy {

  /**
   * @param resources by file name, in one command
   * @return anything but {@link DeployResult.Refused}
   */
  DeployResult deploy(Map<String, byte[]> resources);
}
