package io.ripen.engine.inbound;

import io.ripen.channels.Listener;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Listens to the channels that do not call us, one engine at a time to each. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
class InboundConfiguration {

  private static final Duration REST = Duration.ofSeconds(5);

  @Bean
  Listening listening(
      ObjectProvider<Listener> listeners, KeepInbound keepInbound, DataSource database) {
    return new Listening(
        listeners.orderedStream().map(each -> loop(each, keepInbound, database)).toList());
  }

  private static Loop loop(Listener listener, KeepInbound keepInbound, DataSource database) {
    OneAtATime turn = new OneAtATime(database, "listens to " + listener.name());
    return Loop.waiting(
        "what comes in by " + listener.name(),
        REST,
        () ->
            turn.run(
                () -> {
                  try {
                    listener.listen(keepInbound);
                    return true;
                  } catch (Listener.Unavailable e) {
                    throw new IllegalStateException(e.getMessage(), e);
                  }
                }));
  }
}
