package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The flows, tables, templates and messages that Ripen ships are in order. */
class FlowsLintTest {

  private static final Path BPMN = Path.of("..", "bpmn");

  @Test
  void everything_that_ripen_ships_is_in_order() {
    FlowCheck check = new FlowCheck(BPMN);

    assertThat(check.files()).as("flows and tables of %s", BPMN).isNotEmpty();
    assertThat(check.all()).isEmpty();
  }
}
