package io.ripen.engine.providers;

import io.ripen.channels.Channel;
import io.ripen.channels.LastHeard;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.guarded.Limits;
import io.ripen.channels.twilio.TwilioFacebook;
import io.ripen.channels.twilio.TwilioPrices;
import io.ripen.channels.twilio.TwilioSms;
import io.ripen.channels.twilio.TwilioWebhook;
import io.ripen.channels.twilio.TwilioWhatsApp;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.touches.AskCosts;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Twilio, as the properties say. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ripen.twilio.account-sid")
@EnableConfigurationProperties(TwilioProperties.class)
class TwilioConfiguration {

  @Bean
  @Profile("workers")
  @ConditionalOnProperty("ripen.twilio.sms.from")
  Channel<ShortMessage> sms(
      TwilioProperties twilio, RipenProperties ripen, Guards guards, Clock clock) {
    return guards.guard(
        new TwilioSms(twilio.account(), twilio.sender(twilio.sms(), base(ripen)), clock),
        Limits.perSecond(twilio.messagesPerSecond()));
  }

  @Bean
  @Profile("workers")
  @ConditionalOnProperty("ripen.twilio.whatsapp.from")
  Messenger whatsApp(
      TwilioProperties twilio,
      RipenProperties ripen,
      LastHeard lastHeard,
      Guards guards,
      Clock clock) {
    return new Messenger(
        "whatsapp",
        guards.guard(
            new TwilioWhatsApp(
                twilio.account(),
                twilio.sender(twilio.whatsapp(), base(ripen)),
                lastHeard,
                twilio.whatsapp().template(),
                clock),
            Limits.perSecond(twilio.messagesPerSecond())));
  }

  @Bean
  @Profile("workers")
  @ConditionalOnProperty("ripen.twilio.facebook.from")
  Messenger facebook(
      TwilioProperties twilio,
      RipenProperties ripen,
      LastHeard lastHeard,
      Guards guards,
      Clock clock) {
    return new Messenger(
        "messenger",
        guards.guard(
            new TwilioFacebook(twilio.account(), twilio.page(base(ripen)), lastHeard, clock),
            Limits.perSecond(twilio.messagesPerSecond())));
  }

  /** Fifty at most each time, so that a crowd of new messages is no crowd of questions. */
  @Bean
  @Profile("workers")
  Loop costs(TwilioProperties twilio, JdbcClient jdbc, Clock clock) {
    AskCosts costs = new AskCosts(jdbc, new TwilioPrices(twilio.account(), clock), clock);
    return new Loop(
        "what messages cost",
        Duration.ofSeconds(5),
        () -> {
          costs.some();
          return false;
        });
  }

  @Bean
  @Profile("engine")
  TwilioWebhook twilioWebhook(TwilioProperties twilio, Clock clock) {
    return new TwilioWebhook(twilio.authTokens(), twilio.help(), clock);
  }

  private static String base(RipenProperties ripen) {
    return String.valueOf(ripen.publicUrl()).replaceFirst("/+$", "");
  }
}
