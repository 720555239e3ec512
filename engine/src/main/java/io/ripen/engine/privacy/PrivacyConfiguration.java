package io.ripen.engine.privacy;

import io.camunda.client.CamundaClient;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.standstill.Turnstile;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what hands data over and erases it. */
@Configuration(proxyBeanMethods = false)
class PrivacyConfiguration {

  private static final Duration READ_KAFKA_WITHIN = Duration.ofMinutes(4);

  @Bean
  KeyedHash keyedHash(RipenProperties properties) {
    return new KeyedHash(properties.signingKey());
  }

  @Bean
  Erased erased(JdbcClient jdbc, KeyedHash hash) {
    return new ErasedJdbc(jdbc, hash);
  }

  @Bean
  @Profile("engine")
  PeopleJdbc peopleJdbc(JdbcClient jdbc) {
    return new PeopleJdbc(jdbc);
  }

  @Bean
  @Profile("engine")
  ErasureJdbc erasureJdbc(JdbcClient jdbc) {
    return new ErasureJdbc(jdbc);
  }

  @Bean
  @Profile("engine")
  HoldingsJdbc holdingsJdbc(DataSource database, KeyedHash hash) {
    return new HoldingsJdbc(database, hash);
  }

  @Bean
  @Profile("engine")
  Topics topicsThatKeep(ConsumerFactory<?, ?> consumers) {
    return new KafkaTopics(consumers.getConfigurationProperties(), READ_KAFKA_WITHIN);
  }

  @Bean
  @Profile("engine")
  ExportPeople exportPeople(
      PlatformTransactionManager transactions,
      PeopleJdbc people,
      HoldingsJdbc holdings,
      Topics topics,
      Clock clock) {
    return new ExportPeople(asOfOneMoment(transactions), people, holdings, topics, clock);
  }

  static TransactionTemplate asOfOneMoment(PlatformTransactionManager transactions) {
    var template = new TransactionTemplate(transactions);
    template.setReadOnly(true);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return template;
  }

  @Bean
  @Profile("engine")
  ErasePeople erasePeople(
      PlatformTransactionManager transactions,
      PeopleJdbc people,
      HoldingsJdbc holdings,
      ErasureJdbc erasures,
      CamundaClient client,
      Topics topics,
      KeyedHash hash,
      Clock clock) {
    return new ErasePeople(
        new TransactionTemplate(transactions),
        people,
        holdings,
        erasures,
        new ZeebeInstancesByClient(client),
        new Remainders(topics),
        hash,
        clock);
  }

  @Bean
  @Profile("engine")
  ErasureRunner erasureRunner(DataSource database, ErasePeople erase, Turnstile turnstile) {
    return new ErasureRunner(database, erase, turnstile);
  }
}
