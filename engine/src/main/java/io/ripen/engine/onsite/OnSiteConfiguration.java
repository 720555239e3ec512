package io.ripen.engine.onsite;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.forms.SenderLimit;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
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
  TakeContact takeContact(OnSiteJdbc table, EventOutbox outbox, MailDomains domains, Clock clock) {
    var limit =
        new SenderLimit(
            TakeOnSite.MOST_A_MINUTE, Duration.ofMinutes(1), TimeMeter.SYSTEM_MILLISECONDS);
    return new TakeContact(table, outbox, domains, limit, clock);
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
