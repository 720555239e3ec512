package io.ripen.engine.privacy;

import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import io.ripen.engine.standstill.Turnstile;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/**
 * Carries out erasures for as long as the engine lives, also those that another engine left undone.
 * Of several engines one works at a time.
 */
final class ErasureRunner implements SmartLifecycle {

  private static final String WORK = "erasures";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration LATE_EVERY = Duration.ofMinutes(1);

  private final Loop loop;
  private final Loop late;

  ErasureRunner(DataSource database, ErasePeople erase, Turnstile turnstile) {
    var alone = new OneAtATime(database, WORK);
    this.loop =
        new Loop(
            WORK,
            LOOK_EVERY,
            turnstile.round(() -> erase.isCalledFor() && alone.run(erase::round)));
    this.late =
        new Loop(
            "what came late of erased leads",
            LATE_EVERY,
            turnstile.round(
                () ->
                    alone.run(
                        () -> {
                          erase.late();
                          return false;
                        })));
  }

  /** There is something to do. */
  void wake() {
    loop.wake();
  }

  @Override
  public void start() {
    loop.start();
    late.start();
  }

  /** Ends after the round that is under way. */
  @Override
  public void stop() {
    loop.stop();
    late.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
