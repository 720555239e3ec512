package io.ripen.e2e;

import java.util.concurrent.Semaphore;

/**
 * Lets one message be handed over while all others wait with nothing sent yet, and does something
 * just before the server's answer to it. Then everything goes its usual way.
 */
final class OneAtATime implements ScriptedSmtp.Script {

  private final Semaphore turns = new Semaphore(1);
  private final Runnable beforeFirstAnswer;
  private volatile boolean happened;

  OneAtATime(Runnable beforeFirstAnswer) {
    this.beforeFirstAnswer = beforeFirstAnswer;
  }

  @Override
  public String answer(ScriptedSmtp.Stage stage, String recipient) {
    if (happened) {
      return ScriptedSmtp.OK;
    }
    switch (stage) {
      case RECIPIENT -> turns.acquireUninterruptibly();
      case FINAL_DOT -> {
        beforeFirstAnswer.run();
        // Not sooner: who names a recipient meanwhile waits like the others.
        happened = true;
        turns.release(Integer.MAX_VALUE / 2);
      }
    }
    return ScriptedSmtp.OK;
  }
}
