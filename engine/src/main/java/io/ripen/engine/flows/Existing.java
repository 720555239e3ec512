package io.ripen.engine.flows;

import java.util.Optional;
import java.util.Set;

/** What is deployed already, for whoever can ask. */
interface Existing {

  /** Of who has no server. */
  Existing NOT_ASKED =
      new Existing() {
        @Override
        public Optional<String> newest(String flow) {
          return Optional.empty();
        }

        @Override
        public Set<String> decisions() {
          return Set.of();
        }
      };

  /** The BPMN of a flow's newest version. */
  Optional<String> newest(String flow);

  /** The ids of all decisions that Zeebe can be asked for. */
  Set<String> decisions();
}
