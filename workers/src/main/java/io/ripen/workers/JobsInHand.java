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
  private int jobs;
  private int tellings;
  private boolean isOver;

  /**
   * What is not done.
   *
   * @param jobs that are at work
   * @param tellings what came of jobs, and Zeebe has not said that it took it
   */
  record Left(int jobs, int tellings) {}

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

  /** Counts what it is to tell from when it is told to. */
  ScheduledThreadPoolExecutor later(ThreadFactory factory) {
    return new ScheduledThreadPoolExecutor(1, factory) {
      @Override
      public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        tells();
        return super.schedule(
            () -> {
              try {
                work.run();
              } finally {
                told();
              }
            },
            delay,
            unit);
      }
    };
  }

  /** One telling more; {@link #told} ends it. */
  void tells() {
    add(0, 1);
  }

  void told() {
    add(0, -1);
  }

  /**
   * Waits until no job is at work, and then until all is told. Then, or after this time, no job
   * begins any more.
   *
   * @param tell how long what came of the jobs may take to be told, once none is at work
   */
  Left finish(Duration within, Duration tell) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = within.toNanos();
      while (jobs > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
      isOver = true;
      left = Math.min(left, tell.toNanos());
      while (tellings > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
      return new Left(jobs, tellings);
    } finally {
      lock.unlock();
    }
  }

  private boolean begins() {
    lock.lock();
    try {
      if (!isOver) {
        jobs++;
      }
      return !isOver;
    } finally {
      lock.unlock();
    }
  }

  private void doOne(Runnable job) {
    try {
      job.run();
    } finally {
      add(-1, 0);
    }
  }

  private void add(int moreJobs, int moreTellings) {
    lock.lock();
    try {
      jobs += moreJobs;
      tellings += moreTellings;
      if (jobs == 0 || tellings == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
