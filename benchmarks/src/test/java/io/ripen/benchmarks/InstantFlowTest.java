package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.flows.Finding;
import io.ripen.engine.flows.FlowCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class InstantFlowTest {

  private static final Path BPMN = Path.of("..", "bpmn");

  private final InstantFlow flow =
      InstantFlow.of(BPMN.resolve("abandoned-cart/abandoned-cart.bpmn"));

  @Test
  void all_waits_are_over_at_once() {
    assertThat(xml(flow)).contains(">PT0S<").doesNotContain("PT1H", "P1D");
  }

  @Test
  void it_may_be_deployed_as_a_flow_of_ripen(@TempDir Path folder) throws IOException {
    FileSystemUtils.copyRecursively(BPMN, folder);
    Files.write(folder.resolve("abandoned-cart/abandoned-cart.bpmn"), flow.xml());

    assertThat(new FlowCheck(folder).all()).filteredOn(Finding::isError).isEmpty();
  }

  @Test
  void under_other_names_it_shares_no_message_and_no_job_with_it() {
    assertThat(xml(flow.withOtherNames()))
        .contains("process id=\"do-nothing\"", "name=\"do-nothing.cart.updated\"")
        .doesNotContain("name=\"cart.updated\"", "type=\"send-email\"");
  }

  @Test
  void the_one_with_other_names_leaves_it_alone() {
    String before = xml(flow);

    flow.withOtherNames();

    assertThat(xml(flow)).isEqualTo(before);
  }

  private static String xml(InstantFlow flow) {
    return new String(flow.xml(), UTF_8);
  }
}
