package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider of short messages that takes everything. */
record FakeChannel(String name, List<ShortMessage> taken) implements Channel<ShortMessage> {

  FakeChannel(String name) {
    this(name, new CopyOnWriteArrayList<>());
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    handOver.begin();
    taken.add(message);
    return new SendResult.Accepted(name + "-" + taken.size());
  }
}
