package io.ripen.engine.estimates;

import java.time.Clock;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what leads and flows did lately, for estimates of what a flow will come to. */
@RestController
@Profile("engine")
@RequestMapping("/api/lately")
class LatelyApi {

  private final LatelyJdbc lately;
  private final Clock clock;

  LatelyApi(LatelyJdbc lately, Clock clock) {
    this.lately = lately;
    this.clock = clock;
  }

  @GetMapping
  Lately lately() {
    return lately.read(clock.instant());
  }
}
