package io.ripen.e2e;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets one message be handed over, with something done just before the server's answer to it, while
 * all others wait with nothing sent yet, until they are let go.
 */
final class OneAtATime implements ScriptedSmtp.Script {

  private final Semaphore turns = new Semaphore(1);
  private final AtomicBoolean happened = new AtomicBoolean();
  private final Runnable beforeFirstAnswer;

  OneAtATime(Runnable beforeFirstAnswer) {
    this.beforeFirstAnswer = beforeFirstAnswer;
  }

  /** From now on everything goes its usual way. */
  void letOthersGo() {
    turns.release(Integer.MAX_VALUE / 2);
  }

  @Override
  public String answer(ScriptedSmtp.Stage stage, String recipient) {
    if (stage == ScriptedSmtp.Stage.RECIPIENT) {
      turns.acquireUninterruptibly();
    } else if (happened.compareAndSet(false, true)) {
      beforeFirstAnswer.run();
    }
    return ScriptedSmtp.OK;
  }
}
