package io.ripen.workers;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the jobs that have begun, and what of them is still to be told, so that a process can end
 * after them. Safe for use by many threads.
 */
final class JobsInHand {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int count;
  private boolean isOver;

  /** Threads each of which is one job. One that comes when all is over does nothing. */
  ThreadFactory threads(ThreadFactory factory) {
    return job ->
        factory.newThread(
            () -> {
              if (begins()) {
                doOne(job);
              }
            });
  }

  /** Counts what it is to do from when it is told to. */
  ScheduledThreadPoolExecutor later(ThreadFactory factory) {
    return new ScheduledThreadPoolExecutor(1, factory) {
      @Override
      public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        one();
        return super.schedule(() -> doOne(work), delay, unit);
      }
    };
  }

  /** One more; {@link #done} ends it. */
  void one() {
    lock.lock();
    try {
      count++;
    } finally {
      lock.unlock();
    }
  }

  void done() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is none; then, or after this time, no job begins any more.
   *
   * @return how many are left
   */
  int finish(Duration within) throws InterruptedException {
    long left = within.toNanos();
    lock.lockInterruptibly();
    try {
      while (count > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
      isOver = true;
      return count;
    } finally {
      lock.unlock();
    }
  }

  private boolean begins() {
    lock.lock();
    try {
      if (!isOver) {
        count++;
      }
      return !isOver;
    } finally {
      lock.unlock();
    }
  }

  private void doOne(Runnable work) {
    try {
      work.run();
    } finally {
      done();
    }
  }
}
