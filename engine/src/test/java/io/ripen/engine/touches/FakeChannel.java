package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A provider of short messages that takes everything, unless it is down or its answers are lost.
 * What is for the site it keeps until it is seen, as the channels of the site do.
 */
final class FakeChannel implements Channel<ShortMessage> {

  private static final Set<String> ON_SITE = Set.of("chat", "popup");

  static final String UNSEEN = "nobody has seen it yet";

  private final String name;
  private final List<ShortMessage> taken = new CopyOnWriteArrayList<>();
  volatile boolean losesAnswers;
  volatile boolean isDown;
  volatile Finding finding = new Finding.Unknown("nobody can ask", Duration.ZERO);

  /** How what it keeps until somebody sees it stands; null where it keeps nothing so. */
  volatile @Nullable Kept kept;

  /** For which moment it was asked last. */
  volatile @Nullable Instant askedFor;

  /** The one that ships, where it takes this one's place. */
  private volatile @Nullable Channel<ShortMessage> real;

  /** What happens while it is asked. */
  volatile Runnable asked = () -> {};

  FakeChannel(String name) {
    this.name = name;
    if (ON_SITE.contains(name)) {
      kept = new Kept.Waiting(UNSEEN, Duration.ofSeconds(1));
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** From now on it does what this one does. */
  void behavesAs(Channel<ShortMessage> channel) {
    real = channel;
  }

  /** From now on somebody has seen all that it keeps. */
  void isSeen() {
    kept = new Kept.Seen(name + "-" + taken.size());
  }

  List<ShortMessage> taken() {
    return taken;
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    if (real != null) {
      return real.send(message, handOver);
    }
    if (isDown) {
      return new SendResult.Retryable("down", Duration.ZERO);
    }
    handOver.begin();
    if (losesAnswers) {
      return new SendResult.Uncertain("the answer was lost");
    }
    taken.add(message);
    if (kept != null) {
      return new SendResult.Waiting(name + "-" + taken.size(), UNSEEN, Duration.ofSeconds(1));
    }
    return new SendResult.Accepted(name + "-" + taken.size());
  }

  @Override
  public Optional<Kept> whereIs(String messageId) {
    return real == null ? Optional.ofNullable(kept) : real.whereIs(messageId);
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    askedFor = handedOver;
    asked.run();
    return finding;
  }
}
