package io.ripen.engine.guards;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Keeps channels within what their providers can bear, and counts what providers made of each
 * message that was let through: {@code ripen.channel.messages} by {@code channel} and {@code
 * result}.
 */
@Component("channelGuards")
@Profile("workers")
public final class Guards {

  private static final List<String> RESULTS =
      List.of("accepted", "rejected", "retryable", "uncertain");

  private final MeterRegistry meters;
  private final Clock clock;

  Guards(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** Puts a guard before a channel. */
  public <M> Channel<M> guard(Channel<M> channel, Limits limits) {
    return guard(channel.name(), channel, limits);
  }

  /**
   * Puts a guard before a channel that has several providers.
   *
   * @param name of the channel and its provider, for operators
   */
  public <M> Channel<M> guard(String name, Channel<M> channel, Limits limits) {
    // What has not happened yet is told as 0, so that the first time is seen as a rise.
    RESULTS.forEach(each -> count(name, each, 0));
    return new Guarded<>(new Counted<>(name, channel), limits, clock);
  }

  private final class Counted<M> implements Channel<M> {
    private final String name;
    private final Channel<M> channel;

    Counted(String name, Channel<M> channel) {
      this.name = name;
      this.channel = channel;
    }

    @Override
    public String name() {
      return channel.name();
    }

    @Override
    public SendResult send(M message, HandOver handOver) {
      SendResult result = channel.send(message, handOver);
      count(name, word(result), 1);
      return result;
    }

    @Override
    public Finding lookUp(M message, Instant handedOver) {
      return channel.lookUp(message, handedOver);
    }

    @Override
    public Optional<Kept> whereIs(String messageId) {
      return channel.whereIs(messageId);
    }
  }

  private void count(String name, String result, int times) {
    meters.counter("ripen.channel.messages", "channel", name, "result", result).increment(times);
  }

  private static String word(SendResult result) {
    return switch (result) {
      case SendResult.Accepted accepted -> "accepted";
      case SendResult.Waiting waiting -> "accepted";
      case SendResult.Rejected rejected -> "rejected";
      case SendResult.Retryable retryable -> "retryable";
      case SendResult.Uncertain uncertain -> "uncertain";
    };
  }
}
