package io.ripen.engine.links;

import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the ways of events together that wait: for who made them, and for Kafka. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(ScannerProperties.class)
class LinksConfiguration {

  /** For what Kafka did not take at once; a visit that is told wakes the loop. */
  private static final Duration POLL = Duration.ofSeconds(2);

  private static final Duration SWEEP = Duration.ofHours(1);

  /** A flow may wait for what a click means. */
  private static final Duration JUDGE = Duration.ofSeconds(1);

  private static final Duration FORGET = Duration.ofMinutes(1);

  /** What pages for the public say, in the language of the reader's browser. */
  @Bean
  MessageSource messageSource() {
    return PublicWords.source();
  }

  @Bean
  EventOutboxJdbc eventOutbox(DataSource database, EventJson json, Clock clock) {
    return new EventOutboxJdbc(JdbcClient.create(database), json, clock);
  }

  @Bean
  VisitsJdbc visits(DataSource database, EventJson json, ScannerProperties scanners) {
    return new VisitsJdbc(JdbcClient.create(database), json, scanners);
  }

  @Bean
  TellVisits tellVisits(
      PlatformTransactionManager transactions,
      VisitsJdbc visits,
      EventOutboxJdbc outbox,
      EventJson json,
      ScannerProperties scanners,
      Clock clock) {
    return new TellVisits(
        new TransactionTemplate(transactions), visits, outbox, json, scanners, clock);
  }

  @Bean
  Loop visitsToTell(TellVisits visits, @Qualifier("keptEvents") Loop keptEvents) {
    return new Loop(
        "visits of links",
        JUDGE,
        () -> {
          int judged = visits.tell();
          if (judged > 0) {
            keptEvents.wake();
          }
          return judged == TellVisits.MOST;
        });
  }

  @Bean
  Loop oldVisits(TellVisits visits) {
    return new Loop(
        "visits of links that are long told",
        FORGET,
        () -> {
          visits.forget();
          return false;
        });
  }

  @Bean
  Loop oldShortLinks(ShortLinks shortLinks, DataSource database) {
    OneAtATime turn = new OneAtATime(database, "forgets short links");
    return new Loop("short links that are too old", SWEEP, () -> turn.run(shortLinks::sweep));
  }

  @Bean
  Loop keptEvents(
      PlatformTransactionManager transactions,
      EventOutboxJdbc outbox,
      EventPublisher publisher,
      EventJson json,
      Clock clock) {
    var events =
        new SendKeptEvents(new TransactionTemplate(transactions), outbox, publisher, json, clock);
    return new Loop("events that wait for Kafka", POLL, events::send);
  }
}
