package io.ripen.engine.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.ripen.engine.loops.Loop;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long ago each channel was heard last. All engines tell the same, so whoever reads takes the
 * highest.
 */
final class ListeningMetrics implements Loop.Round {

  private final List<String> channels;
  private final ListeningJdbc table;
  private final MultiGauge ages;

  ListeningMetrics(List<String> channels, ListeningJdbc table, MeterRegistry meters) {
    this.channels = channels;
    this.table = table;
    this.ages =
        MultiGauge.builder("ripen.listening.age")
            .description("since all that had come in by a channel that does not call us was kept")
            .baseUnit("seconds")
            .register(meters);
  }

  @Override
  public boolean run() {
    try {
      ages.register(rows(), true);
    } catch (RuntimeException e) {
      // What nobody can read must not look as if it were still so.
      ages.register(List.of(), true);
      throw e;
    }
    return false;
  }

  private Collection<MultiGauge.Row<?>> rows() {
    return channels.stream()
        .flatMap(
            channel ->
                table
                    .of(channel)
                    .<Stream<MultiGauge.Row<?>>>map(
                        heard ->
                            Stream.of(
                                MultiGauge.Row.of(
                                    Tags.of("channel", channel), heard.age().toSeconds())))
                    .orElseGet(Stream::empty))
        .toList();
  }
}
