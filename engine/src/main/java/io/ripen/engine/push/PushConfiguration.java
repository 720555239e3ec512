package io.ripen.engine.push;

import io.github.bucket4j.TimeMeter;
import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.forms.SenderLimit;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Notifications, as the properties say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushProperties.class)
class PushConfiguration {

  /** The local server shows them in the mailbox, too. */
  @Bean
  @Profile("workers & !local")
  @ConditionalOnExpression("!'${ripen.push.public-key:}'.isBlank()")
  Channel<ShortMessage> pushChannel(PushChannels channels) {
    return channels.push();
  }

  @Bean
  @Profile("engine")
  SenderLimit pushLimit(PushProperties properties) {
    return new SenderLimit(
        properties.perMinute(), Duration.ofMinutes(1), TimeMeter.SYSTEM_MILLISECONDS);
  }
}
