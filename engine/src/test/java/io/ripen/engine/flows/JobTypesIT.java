package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which jobs versions of flows ask for, from a real database. */
class JobTypesIT {

  private static final String NO_JOBS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
        <process id="quiet" isExecutable="true"><startEvent id="start"/></process>
      </definitions>
      """;

  private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated());
  private final JobTypes types = FlowsFixture.jobTypes(jdbc);

  @Test
  void each_element_asks_for_its_kind_of_job() throws IOException {
    deployed(7, abandonedCart());

    assertThat(types.of(7)).containsEntry("serviceTask_sendReminder", "send-email");
    assertThat(types.ofNewest()).contains("send-email");
  }

  @Test
  void a_version_is_read_once_even_when_it_asks_for_none() throws IOException {
    deployed(7, NO_JOBS);
    assertThat(types.of(7)).isEmpty();
    jdbc.update("update flow_version set xml = ?", abandonedCart());

    assertThat(types.of(7)).isEmpty();
  }

  @Test
  void a_version_that_nobody_knows_yet_is_looked_for_again() throws IOException {
    assertThat(types.of(7)).isEmpty();
    deployed(7, abandonedCart());

    assertThat(types.of(7)).isNotEmpty();
  }

  private void deployed(long processKey, String xml) {
    jdbc.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (?, 'abandoned-cart', 1, 'Abandoned cart', ?, '{}', now())",
        processKey,
        xml);
  }

  private static String abandonedCart() throws IOException {
    return Files.readString(Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn"));
  }
}
