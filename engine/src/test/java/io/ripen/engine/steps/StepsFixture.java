package io.ripen.engine.steps;

import io.camunda.client.CamundaClient;
import io.ripen.engine.flows.FlowsFixture;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** What other features' tests need of this one. */
public final class StepsFixture {

  private StepsFixture() {}

  public static StartFlow startFlow(CamundaClient zeebe, JdbcTemplate jdbc, Clock clock) {
    return new StartFlow(zeebe, FlowsFixture.flowStarts(jdbc), jdbc, clock);
  }
}
