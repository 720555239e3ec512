package io.ripen.engine.providers;

import static java.util.stream.Collectors.toMap;

import io.ripen.channels.Channel;
import io.ripen.channels.Messengers;
import io.ripen.channels.ShortMessage;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** All messengers that are set up, as one channel. */
@Configuration(proxyBeanMethods = false)
@Profile("workers")
class MessengersConfiguration {

  @Bean
  @ConditionalOnExpression(
      "!'${ripen.telegram.token:}'.isBlank() || !'${ripen.twilio.whatsapp.from:}'.isBlank()"
          + " || !'${ripen.twilio.facebook.from:}'.isBlank()")
  Channel<ShortMessage> messengers(List<Messenger> messengers) {
    return new Messengers(
        messengers.stream().collect(toMap(Messenger::scheme, Messenger::channel)));
  }
}
