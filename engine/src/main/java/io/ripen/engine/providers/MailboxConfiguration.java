package io.ripen.engine.providers;

import io.ripen.channels.Listener;
import io.ripen.channels.Webhook;
import io.ripen.channels.email.ImapListener;
import io.ripen.channels.email.Inbox;
import io.ripen.channels.email.MailWebhook;
import io.ripen.channels.email.ReturnPath;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What comes back by e-mail, as the properties say. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(MailboxProperties.class)
class MailboxConfiguration {

  @Bean
  Inbox emailInbox(ObjectProvider<ReturnPath> returnPath, Clock clock) {
    return new Inbox(returnPath.getIfAvailable(), clock);
  }

  @Bean
  @ConditionalOnProperty("ripen.email.inbox.host")
  Listener emailListener(MailboxProperties properties, Inbox inbox) {
    return new ImapListener(properties.server(), inbox);
  }

  @Bean
  @ConditionalOnProperty("ripen.email.inbox.secret")
  Webhook emailWebhook(MailboxProperties properties, Inbox inbox) {
    return new MailWebhook(Objects.requireNonNull(properties.secret()), inbox);
  }
}
