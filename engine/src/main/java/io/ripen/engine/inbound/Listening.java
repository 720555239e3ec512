package io.ripen.engine.inbound;

import io.ripen.engine.loops.Loop;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** All that listen, begun and ended with the server. */
final class Listening implements SmartLifecycle {

  private final List<Loop> loops;
  private volatile boolean isRunning;

  Listening(List<Loop> loops) {
    this.loops = loops;
  }

  @Override
  public void start() {
    isRunning = true;
    loops.forEach(Loop::start);
  }

  @Override
  public void stop() {
    isRunning = false;
    loops.forEach(Loop::stop);
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
