package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class KnownFlowsIT {

  private static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");

  private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated());
  private final AtomicLong time = new AtomicLong(1);
  private final KnownFlows flows = new KnownFlows(new FlowsJdbc(jdbc), time::get);

  @Test
  void a_registered_flow_waits_for_its_signals_at_once() throws IOException {
    assertThat(flows.awaits("cart.updated")).isFalse();

    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);

    assertThat(flows.awaits("cart.updated")).isTrue();
    assertThat(flows.awaits("cart.emptied")).isTrue();
    assertThat(flows.awaits("order.placed")).isTrue();
    assertThat(flows.awaits("order.cancelled")).isFalse();
    assertThat(jdbc.queryForObject("select name from flow_version", String.class))
        .isEqualTo("Abandoned cart");
  }

  @Test
  void what_another_process_registers_is_known_a_second_later() throws IOException {
    assertThat(flows.awaits("cart.updated")).isFalse();
    new KnownFlows(new FlowsJdbc(jdbc), time::get)
        .register(1, "abandoned-cart", 1, abandonedCart(), AT);

    time.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(flows.awaits("cart.updated")).isFalse();
    time.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(flows.awaits("cart.updated")).isTrue();
  }

  @Test
  void registering_again_changes_nothing() throws IOException {
    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);
    flows.register(1, "abandoned-cart", 1, "<other/>", AT.plusSeconds(60));

    assertThat(jdbc.queryForList("select deployed_at from flow_version", Instant.class)).hasSize(1);
    assertThat(flows.awaits("cart.updated")).isTrue();
  }

  @Test
  void an_older_version_still_waits() throws IOException {
    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);
    flows.register(
        2, "abandoned-cart", 2, abandonedCart().replace("cart.emptied", "cart.left"), AT);

    assertThat(flows.awaits("cart.emptied")).isTrue();
    assertThat(flows.awaits("cart.left")).isTrue();
  }

  @Test
  void a_version_of_a_zeebe_that_was_emptied_gives_way() throws IOException {
    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);
    flows.register(2, "abandoned-cart", 1, abandonedCart(), AT);

    assertThat(jdbc.queryForList("select process_key from flow_version", Long.class))
        .containsExactly(2L);
  }

  @Test
  void flows_of_a_zeebe_that_was_emptied_are_forgotten() throws IOException {
    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);
    flows.register(2, "abandoned-cart", 2, abandonedCart(), AT.plusSeconds(1));
    flows.register(3, "other", 1, "", AT.plusSeconds(9));
    assertThat(flows.awaits("cart.updated")).isTrue();

    flows.forgetBefore(AT.plusSeconds(5));

    assertThat(flows.awaits("cart.updated")).isFalse();
    assertThat(jdbc.queryForList("select process_key from flow_version", Long.class))
        .containsExactly(3L);
  }

  @Test
  void a_flow_that_cannot_be_read_waits_for_nothing_and_disturbs_nobody() throws IOException {
    flows.register(1, "abandoned-cart", 1, abandonedCart(), AT);
    flows.register(2, "weird", 1, "<!DOCTYPE x><definitions/>", AT);
    flows.register(3, "weirder", 1, "", AT);

    assertThat(flows.awaits("cart.updated")).isTrue();
    assertThat(jdbc.queryForObject("select count(*) from flow_version", Integer.class))
        .isEqualTo(3);
  }

  private static String abandonedCart() throws IOException {
    return Files.readString(Path.of("..", "bpmn", "abandoned-cart", "abandoned-cart.bpmn"));
  }
}
