package io.ripen.engine.touches;

import io.ripen.channels.SendResult;
import java.time.Duration;

/** How it can end for a touch, after whatever befell its workers. */
enum Ending {
  GOES_OUT("accepted") {
    @Override
    void comes(TouchWorld world, Touch touch) {
      world.send(touch);
    }
  },
  CONSENT_IS_WITHDRAWN("denied") {
    @Override
    void comes(TouchWorld world, Touch touch) {
      world.clock.move(Duration.ofSeconds(1));
      world.agrees(touch.leadId(), false);
      world.send(touch);
    }
  },
  IS_REFUSED("rejected") {
    @Override
    void comes(TouchWorld world, Touch touch) {
      world.provider.answers(new SendResult.Rejected("550 5.7.1 looks like spam"));
      world.send(touch);
    }
  },
  TIME_RUNS_OUT("rejected") {
    @Override
    void comes(TouchWorld world, Touch touch) {
      world.timePasses(Duration.ofHours(25));
      world.send(touch);
    }
  },
  FLOW_ENDS("denied") {
    @Override
    void comes(TouchWorld world, Touch touch) {
      world.sql.update(
          "insert into ended_step (key, partition, ended_at) values (?, 1, now())", touch.key());
      new EndedTouches(world.sql, new TouchMetrics(world.meters), world.clock).run();
    }
  };

  private final String certain;

  Ending(String certain) {
    this.certain = certain;
  }

  /** Lets it come, when nobody holds the touch. */
  abstract void comes(TouchWorld world, Touch touch);

  /** The state of a touch that certainly had not gone out before. */
  String certain() {
    return certain;
  }
}
