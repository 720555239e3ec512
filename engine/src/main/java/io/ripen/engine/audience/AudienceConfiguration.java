package io.ripen.engine.audience;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.leads.Decisions;
import io.ripen.engine.leads.FactsOfMany;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.standstill.Turnstile;
import io.ripen.engine.steps.StartFlow;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what keeps segments and starts broadcasts. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(AudienceProperties.class)
class AudienceConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Bean
  SegmentsJdbc segmentsJdbc(JdbcClient jdbc) {
    return new SegmentsJdbc(jdbc);
  }

  @Bean
  Loop segmentsLoop(
      DataSource database,
      Rules rules,
      Decay decay,
      SegmentsJdbc table,
      FactsOfMany facts,
      Feel feel,
      Decisions decisions,
      MeterRegistry meters,
      Clock clock,
      AudienceProperties properties) {
    var keep =
        new KeepSegments(
            () -> Conditions.of(rules.now(), decay, table.recomputes()),
            new Membership(facts, feel, decisions, meters),
            table,
            clock,
            properties.sweepEvery());
    var alone = new OneAtATime(database, "segments");
    return new Loop(
        "segments", properties.settle(), () -> keep.isCalledFor() && alone.run(keep::page));
  }

  @Bean
  Broadcasts broadcasts(
      JdbcClient jdbc,
      SegmentsJdbc members,
      Rules rules,
      Decay decay,
      StartFlow startFlow,
      Clock clock) {
    return new Broadcasts(
        new BroadcastsJdbc(jdbc),
        members,
        () -> Conditions.of(rules.now(), decay, members.recomputes()),
        startFlow,
        clock);
  }

  @Bean
  Loop broadcastsLoop(DataSource database, Broadcasts broadcasts, Turnstile turnstile) {
    var alone = new OneAtATime(database, "broadcasts");
    return new Loop(
        "broadcasts",
        LOOK_EVERY,
        turnstile.round(() -> broadcasts.isAnyDue() && alone.run(broadcasts::round)));
  }
}
