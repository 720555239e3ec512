package io.ripen.app.mailbox;

import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends by one channel, and lets another one have a copy of what that took. */
final class CopiedChannel implements Channel<ShortMessage> {

  private final Channel<ShortMessage> channel;
  private final Channel<ShortMessage> copies;

  CopiedChannel(Channel<ShortMessage> channel, Channel<ShortMessage> copies) {
    this.channel = channel;
    this.copies = copies;
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    SendResult result = channel.send(message, handOver);
    if (result instanceof SendResult.Accepted || result instanceof SendResult.Waiting) {
      SendResult unused = copies.send(message, () -> {});
    }
    return result;
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    return channel.lookUp(message, handedOver);
  }

  @Override
  public Optional<Kept> whereIs(String messageId) {
    return channel.whereIs(messageId);
  }

  @Override
  public List<Provider> providers() {
    return channel.providers();
  }
}
