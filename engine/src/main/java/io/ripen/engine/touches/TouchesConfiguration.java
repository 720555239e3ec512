package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.email.EmailChannel;
import io.ripen.channels.email.EmailMessage;
import io.ripen.channels.email.ReturnPath;
import io.ripen.channels.email.Sender;
import io.ripen.channels.email.SmtpPool;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ledger and the e-mail channel, as the properties say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  TouchesProperties.class,
  EmailProperties.class,
  MailServerProperties.class
})
class TouchesConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  @Bean
  TouchPolicy touchPolicy(TouchesProperties touches, EmailProperties email) {
    return touches.policy(email);
  }

  @Bean
  Patience patience(TouchPolicy policy) {
    return new Patience(policy.answerLease(), System::nanoTime, Thread::sleep);
  }

  @Bean
  @Profile("engine")
  Loop endedTouches(JdbcTemplate jdbc, TouchMetrics metrics, Clock clock) {
    return new Loop(
        "touches whose flow has ended", LOOK_EVERY, new EndedTouches(jdbc, metrics, clock));
  }

  @Bean
  @ConditionalOnProperty("ripen.email.return-path")
  ReturnPath returnPath(EmailProperties email, RipenProperties ripen) {
    return new ReturnPath(Objects.requireNonNull(email.returnPath()), ripen.signingKey());
  }

  @Bean
  @Profile("workers")
  CompositeHealthContributor channelsHealthContributor(Senders senders) {
    return ChannelHealth.ofAll(senders.providers());
  }

  @Bean
  @Profile("workers")
  EmailChannel emailChannel(EmailProperties email, MailServerProperties server, Clock clock) {
    if (email.from() == null || email.from().isBlank()) {
      throw new IllegalArgumentException(
          "ripen.email.from is not set (expected: the address that our e-mail comes from)");
    }
    return new EmailChannel(
        server.server(email),
        new SmtpPool(email.connections(), email.messagesPerConnection(), email.maxIdle()),
        new Sender(email.from(), email.fromName(), email.replyTo()),
        email.dkim().dkim(),
        clock);
  }

  /** What all e-mail goes through. */
  @Bean
  @Primary
  @Profile("workers")
  Channel<EmailMessage> guardedEmail(EmailChannel channel, EmailProperties email, Guards guards) {
    return guards.guard(channel, email.limits());
  }
}
