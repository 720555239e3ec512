package io.ripen.engine.privacy;

import io.ripen.engine.privacy.ZeebeInstances.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One engine that erases, on real PostgreSQL; it can die wherever it asks others. */
final class ErasureWorld {

  final JdbcClient jdbc;
  final PeopleJdbc people;
  final ErasureJdbc erasures;
  final ErasePeople erase;
  final ExportPeople export;

  /** Instances that run in Zeebe. */
  final Set<Long> running = new HashSet<>();

  /** What Zeebe and Kafka were asked, in order. */
  final List<String> asked = new ArrayList<>();

  /** Hears of all that is asked, and may throw. */
  Consumer<String> fate = what -> {};

  ErasureWorld(DataSource database, Clock clock) {
    var transactions = new JdbcTransactionManager(database);
    var holdings = new HoldingsJdbc(database, PrivacyFixture.HASH);
    Topics topics = new FakeTopics();
    jdbc = JdbcClient.create(database);
    people = new PeopleJdbc(jdbc);
    erasures = new ErasureJdbc(jdbc);
    erase =
        new ErasePeople(
            new TransactionTemplate(transactions),
            people,
            holdings,
            erasures,
            this::stop,
            new Remainders(topics),
            PrivacyFixture.HASH,
            clock);
    export =
        new ExportPeople(
            PrivacyConfiguration.asOfOneMoment(transactions), people, holdings, topics, clock);
  }

  private Answer stop(long instance) {
    ask("stop " + instance);
    return running.remove(instance) ? Answer.STOPPED : Answer.GONE;
  }

  private void ask(String what) {
    asked.add(what);
    fate.accept(what);
  }

  private final class FakeTopics implements Topics {

    @Override
    public Findings find(Mentions mentions) {
      return new Findings(true, List.of());
    }

    @Override
    public List<Kept> kept() {
      ask("kept");
      return List.of(new Kept("ripen.events", Duration.ofDays(8)), new Kept("ripen.other", null));
    }
  }
}
