package io.ripen.engine.signals;

import java.util.concurrent.CompletableFuture;

/** The way to Zeebe. */
interface ZeebeMessages {

  /** Publishes one message; the future never fails, the answer tells. */
  CompletableFuture<Answer> publish(PendingSignal signal);

  /** What Zeebe made of a message. */
  sealed interface Answer {

    /** Zeebe has it, now or since an earlier time. */
    record Taken() implements Answer {}

    /** Zeebe is away or has too much to do; the message itself may be as good as any. */
    record NotNow(String cause) implements Answer {}

    /** Zeebe will not take this one. */
    record Refused(String reason) implements Answer {}
  }
}
