package io.ripen.engine.touches;

import io.ripen.channels.SendResult;

/** What can befall a worker with a job. */
enum Mishap {
  NOTHING {
    @Override
    void arrange(TouchWorld world) {
      world.provider.isHealthy();
    }
  },
  DIES_AFTER_CLAIM {
    @Override
    void arrange(TouchWorld world) {
      world.catalog.killing = true;
    }
  },
  DIES_BEFORE_HAND_OVER {
    @Override
    void arrange(TouchWorld world) {
      world.provider.behaves(
          (message, handOver) -> {
            throw new Killed();
          });
    }
  },
  DIES_AFTER_HAND_OVER {
    @Override
    void arrange(TouchWorld world) {
      world.provider.behaves(
          (message, handOver) -> {
            handOver.begin();
            throw new Killed();
          });
    }
  },
  DIES_AFTER_ACCEPTANCE {
    @Override
    void arrange(TouchWorld world) {
      world.provider.behaves(
          (message, handOver) -> {
            world.provider.take(message, handOver);
            throw new Killed();
          });
    }
  },
  SERVER_IS_DOWN {
    @Override
    void arrange(TouchWorld world) {
      world.provider.isDown();
    }
  },
  ANSWER_IS_LOST {
    @Override
    void arrange(TouchWorld world) {
      world.provider.behaves(
          (message, handOver) -> {
            world.provider.take(message, handOver);
            return new SendResult.Uncertain("lost");
          });
    }
  },
  LEASE_RUNS_OUT {
    @Override
    void arrange(TouchWorld world) {}

    @Override
    boolean befalls(TouchWorld world, Touch touch) {
      world.leaseRunsOut(touch);
      return false;
    }
  };

  abstract void arrange(TouchWorld world);

  /**
   * Lets a worker take the job and this happen to it.
   *
   * @return whether nobody could know any more whether the message was taken
   */
  boolean befalls(TouchWorld world, Touch touch) {
    world.provider.isHealthy();
    world.catalog.killing = false;
    arrange(world);
    int taken = world.provider.taken().size();
    try {
      world.send(touch);
      return this == ANSWER_IS_LOST && world.provider.taken().size() > taken;
    } catch (Killed e) {
      return this == DIES_AFTER_HAND_OVER || this == DIES_AFTER_ACCEPTANCE;
    }
  }
}
