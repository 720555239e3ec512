package io.ripen.engine.onsite;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.loops.Loop;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Puts popups and chats together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OnSiteProperties.class)
class OnSiteConfiguration {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  @Bean
  @Profile("engine")
  HearNews onSiteNews(
      DataSource database, OnSiteJdbc table, Windows windows, OnSiteProperties properties) {
    return new HearNews(database, table, windows, properties.beat());
  }

  @Bean
  @Profile("engine")
  Loop onSiteLoop(HearNews onSiteNews) {
    return new Loop("popups and chats", AGAIN, onSiteNews);
  }

  @Bean
  @Profile("engine")
  MeterBinder openWindows(Windows windows) {
    return meters ->
        Gauge.builder("ripen.on.site.windows", windows, Windows::count)
            .description("visitors' windows that keep a line open to this engine")
            .register(meters);
  }

  /** The local server shows them in the mailbox, too. */
  @Bean
  @Profile("workers & !local")
  Channel<ShortMessage> popupChannel(OnSiteChannels channels) {
    return channels.popup();
  }

  @Bean
  @Profile("workers & !local")
  Channel<ShortMessage> chatChannel(OnSiteChannels channels) {
    return channels.chat();
  }
}
