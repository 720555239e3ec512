package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A provider that does as told, and keeps what it took. */
final class FakeProvider implements Channel<EmailMessage> {

  private final List<EmailMessage> taken = new CopyOnWriteArrayList<>();
  private volatile BiFunction<EmailMessage, HandOver, SendResult> behaviour = this::take;

  /** What people got. */
  List<EmailMessage> taken() {
    return taken;
  }

  void behaves(BiFunction<EmailMessage, HandOver, SendResult> how) {
    behaviour = how;
  }

  void isHealthy() {
    behaviour = this::take;
  }

  void isDown() {
    behaviour = (message, handOver) -> new SendResult.Retryable("down", Duration.ZERO);
  }

  void answers(SendResult result) {
    behaviour =
        (message, handOver) -> {
          handOver.begin();
          return result;
        };
  }

  SendResult take(EmailMessage message, HandOver handOver) {
    handOver.begin();
    taken.add(message);
    return new SendResult.Accepted(message.messageId());
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public SendResult send(EmailMessage message, HandOver handOver) {
    return behaviour.apply(message, handOver);
  }
}
