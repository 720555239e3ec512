package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ripen demo}, against a server that runs. */
@ExtendWith(RipenExtension.class)
class DemoIT {

  private final LocalRipen ripen;

  DemoIT(LocalRipen ripen) {
    this.ripen = ripen;
  }

  @Test
  void demo_tells_the_story_and_ends_well() {
    Child demo =
        Child.start(
            "demo",
            Build.ripen(List.of(), List.of("demo", "--url", ripen.http().uri("/").toString())),
            Map.of());
    demo.awaitEnd(Duration.ofMinutes(2));

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("abandoned-cart", "a mail arrives", "no mail to Jonas", "That was it.");
  }
}
