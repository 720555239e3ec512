package io.ripen.engine.onsite;

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
  HearNews onSiteNews(DataSource database, OnSiteJdbc table, Windows windows) {
    return new HearNews(database, table, windows);
  }

  @Bean
  @Profile("engine")
  Loop onSiteLoop(HearNews onSiteNews) {
    return new Loop("popups and chats", AGAIN, onSiteNews);
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
