package io.ripen.channels.http;

import io.ripen.channels.Channel.HandOver;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that begins the hand-over before it is read. The JDK's client asks for it when
 * the connection stands; before it has it, it writes the headers at most.
 */
final class GuardedBody implements BodyPublisher {

  private final BodyPublisher body;
  private final HandOver handOver;
  private boolean asked;
  private boolean handedOver;
  private @Nullable RuntimeException refusal;
  private @Nullable Error error;

  GuardedBody(BodyPublisher body, HandOver handOver) {
    this.body = body;
    this.handOver = handOver;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public synchronized void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (asked) {
      throw new IllegalStateException("the request was given up, or is written already");
    }
    asked = true;
    try {
      handOver.begin();
    } catch (RuntimeException e) {
      refusal = e;
      throw e;
    } catch (Error e) {
      error = e;
      throw e;
    }
    handedOver = true;
    body.subscribe(subscriber);
  }

  /**
   * Sees to it that the request is not written from now on, if it was not yet. Waits for a
   * hand-over under way, and throws what that threw.
   *
   * @return whether it may have been written
   */
  synchronized boolean giveUp() {
    if (refusal != null) {
      throw refusal;
    }
    if (error != null) {
      throw error;
    }
    asked = true;
    return handedOver;
  }
}
