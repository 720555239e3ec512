package io.ripen.engine.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.channels.Listener;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Listens to the channels that do not call us, one engine at a time to each. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
class InboundConfiguration {

  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  @Bean
  Listening listening(
      ObjectProvider<Listener> listeners,
      KeepInbound keepInbound,
      ListeningJdbc table,
      DataSource database,
      MeterRegistry meters) {
    List<Listener> all = listeners.orderedStream().toList();
    return new Listening(
        Stream.concat(
                all.stream()
                    .map(each -> loop(new NotedListener(each, table), keepInbound, database)),
                metrics(names(all), table, meters))
            .toList());
  }

  @Bean
  CompositeHealthContributor listeningHealthContributor(
      ObjectProvider<Listener> listeners, ListeningJdbc table) {
    return ListeningHealth.ofAll(names(listeners.orderedStream().toList()), table);
  }

  private static List<String> names(List<Listener> listeners) {
    return listeners.stream().map(Listener::name).toList();
  }

  private static Stream<Loop> metrics(
      List<String> channels, ListeningJdbc table, MeterRegistry meters) {
    return channels.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Loop(
                "metrics of listening", LOOK_EVERY, new ListeningMetrics(channels, table, meters)));
  }

  static Loop loop(Listener listener, Listener.Sink sink, DataSource database) {
    OneAtATime turn = OneAtATime.watched(database, "listens to " + listener.name());
    return Loop.waiting(
        "what comes in by " + listener.name(),
        REST,
        () ->
            turn.run(
                () -> {
                  try {
                    listener.listen(sink);
                    return true;
                  } catch (Listener.Unavailable e) {
                    throw new IllegalStateException(e.getMessage(), e);
                  }
                }));
  }
}
