package io.ripen.engine.steps;

import io.ripen.channels.webhook.WebhookChannel;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.guards.Guards;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** How flows call other systems, as the properties say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhooksProperties.class)
class StepsConfiguration {

  @Bean
  @Profile("workers")
  CallWebhook callWebhook(
      WebhooksProperties webhooks, RipenProperties ripen, Guards guards, Clock clock) {
    WebhookSecrets secrets =
        new WebhookSecrets(webhooks.secret(), webhooks.formerSecret(), ripen.signingKey());
    WebhookChannel channel =
        new WebhookChannel(
            secrets::signing,
            webhooks.connectTimeout(),
            webhooks.answerTimeout(),
            // Receivers have the true time, whatever time the local server plays.
            Clock.systemUTC());
    return new CallWebhook(
        new Receivers(channel, guards, webhooks.limits()),
        new CallAgain(RandomGenerator.getDefault()),
        webhooks.useBy(),
        clock);
  }
}
