package io.ripen.engine.standstill;

import io.ripen.engine.loops.Loop;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where work in this process begins that reaches Zeebe: it counts who is at it, and lets nobody
 * begin while all stand still. Safe for use by many threads.
 */
public final class Turnstile {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private boolean isOpen = true;
  private boolean isOver;
  private int inside;

  /**
   * Begins a piece of work, as soon as work may begin; {@link #leave} ends it.
   *
   * @throws InterruptedException also where it never may any more
   */
  public void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isOpen) {
        if (isOver) {
          throw new InterruptedException("this process ends");
        }
        opened.await();
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins a piece of work, if it may begin within this time; then {@link #leave} ends it.
   *
   * @return whether it has begun; not where all stand still for longer
   */
  public boolean enter(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!isOpen) {
        if (left <= 0 || isOver) {
          return false;
        }
        left = opened.awaitNanos(left);
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a piece of work that has begun. */
  public void leave() {
    lock.lock();
    try {
      inside--;
    } finally {
      lock.unlock();
    }
  }

  /** The same rounds, but for those that come while all stand still: they are left out. */
  public Loop.Round round(Loop.Round round) {
    return () -> {
      if (!enter(Duration.ZERO)) {
        return false;
      }
      try {
        return round.run();
      } finally {
        leave();
      }
    };
  }

  /** Threads each of which is one piece of work. One that is interrupted before never begins it. */
  public ThreadFactory threads(ThreadFactory factory) {
    return work -> factory.newThread(() -> run(work));
  }

  private void run(Runnable work) {
    try {
      enter();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      work.run();
    } finally {
      leave();
    }
  }

  /** Lets nobody begin any more; who is at work goes on to the end. */
  void close() {
    lock.lock();
    try {
      isOpen = false;
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      isOpen = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends those away who wait, as this process ends. */
  void end() {
    lock.lock();
    try {
      isOver = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many pieces of work have begun and are not done. */
  int inside() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }
}
