package io.ripen.app.mailbox;

import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.onsite.OnSiteChannels;
import io.ripen.engine.push.PushChannels;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * On the local server all channels lead to the mailbox; popups, chats and notifications to the
 * site, too.
 */
@Configuration(proxyBeanMethods = false)
@Profile("local")
class MailboxChannels {

  @Bean
  @ConditionalOnExpression("'${ripen.twilio.sms.from:}'.isBlank()")
  Channel<ShortMessage> smsChannel(Mailbox mailbox, Clock clock) {
    return new MailboxChannel("sms", mailbox, clock);
  }

  @Bean
  @ConditionalOnExpression(
      "'${ripen.telegram.token:}'.isBlank() && '${ripen.twilio.whatsapp.from:}'.isBlank()"
          + " && '${ripen.twilio.facebook.from:}'.isBlank()")
  Channel<ShortMessage> messengerChannel(Mailbox mailbox, Clock clock) {
    return new MailboxChannel("messenger", mailbox, clock);
  }

  @Bean
  Channel<ShortMessage> chatChannel(OnSiteChannels onSite, Mailbox mailbox, Clock clock) {
    return new CopiedChannel(onSite.chat(), new MailboxChannel("chat", mailbox, clock));
  }

  @Bean
  Channel<ShortMessage> popupChannel(OnSiteChannels onSite, Mailbox mailbox, Clock clock) {
    return new CopiedChannel(onSite.popup(), new MailboxChannel("popup", mailbox, clock));
  }

  @Bean
  @ConditionalOnExpression("!'${ripen.push.public-key:}'.isBlank()")
  Channel<ShortMessage> pushChannel(PushChannels channels, Mailbox mailbox, Clock clock) {
    return new CopiedChannel(channels.push(), new MailboxChannel("push", mailbox, clock));
  }
}
