package io.ripen.engine.backup;

import io.ripen.engine.backup.Manifest.Sequence;
import io.ripen.engine.backup.Manifest.Table;
import io.ripen.engine.backup.Manifest.Topic;
import io.ripen.engine.brokers.Brokers;
import io.ripen.engine.standstill.StandstillLock;
import io.ripen.engine.standstill.StandstillLock.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Puts PostgreSQL, Kafka and Zeebe away as of one moment. All processes stand still from when the
 * lock is had until every partition of Zeebe has set its mark; whatever goes wrong, they go on.
 * What there was at that moment is read afterwards, however long that takes.
 */
public final class CreateBackup {

  private static final Duration MARKED_WITHIN = Duration.ofMinutes(2);
  private static final Duration COMPLETED_WITHIN = Duration.ofHours(6);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Stores stores;
  private final String version;
  private final Clock clock;
  private final Consumer<String> says;
  private final Brokers brokers;

  /**
   * @param version of Ripen
   * @param says what it does, as it does it
   */
  public CreateBackup(Stores stores, String version, Clock clock, Consumer<String> says) {
    this.stores = stores;
    this.version = version;
    this.clock = clock;
    this.says = says;
    this.brokers = new Brokers(stores.zeebe());
  }

  /**
   * A backup that is there.
   *
   * @param id of Zeebe's part
   * @param bytes of the folder's files
   * @param standstill how long nobody worked, with the time that it took them to come to rest
   */
  public record Made(long id, long rows, long records, long bytes, Duration standstill) {}

  /** The moment that all stood still at. */
  private record Mark(long id, Instant at, Duration standstill) {}

  /**
   * Makes one.
   *
   * @param to a folder that is new or empty
   * @param within how long processes may take to come to rest
   * @throws BackupFailed when there is none; what lies in the folder then has no manifest
   */
  public Made create(Path to, Duration within) throws BackupFailed {
    try {
      String path = brokers.requireBackups();
      try (KafkaDump kafka = KafkaDump.connect(stores.kafka())) {
        return create(BackupFolder.fresh(to), kafka, path, within);
      }
    } catch (Brokers.Refused e) {
      throw new BackupFailed(String.valueOf(e.getMessage()), e);
    } catch (SQLException e) {
      throw new BackupFailed("PostgreSQL: " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw new BackupFailed("Kafka: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BackupFailed("%s cannot be written: %s".formatted(to, e), e);
    }
  }

  private Made create(BackupFolder folder, KafkaDump kafka, String path, Duration within)
      throws SQLException, IOException, BackupFailed, Brokers.Refused {
    try (Connection session = stores.connect()) {
      TablesJdbc postgres = new TablesJdbc(session);
      String schema = postgres.schema();
      if (schema.isEmpty()) {
        throw new BackupFailed("the database has no tables of Ripen's: see spring.datasource.url");
      }
      Mark mark = mark(session, kafka, path, within);
      says.accept("Everything goes on; reading PostgreSQL as it was");
      List<Table> tables = postgres.dump(folder);
      List<Sequence> sequences = postgres.sequences();
      session.commit();
      says.accept("Reading Kafka");
      List<Topic> topics = kafka.dump(folder);
      says.accept("Waiting until Zeebe has copied its part");
      awaitProgress(path, mark.id(), Brokers.Progress.COMPLETED, COMPLETED_WITHIN);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT, mark.id(), version, schema, mark.at(), tables, sequences, topics);
      folder.finish(manifest);
      return new Made(
          manifest.id(), manifest.rows(), manifest.records(), manifest.bytes(), mark.standstill());
    }
  }

  /**
   * Has all stand still for as long as it takes to fix the moment in each store: PostgreSQL's by a
   * snapshot, in whose transaction the session is afterwards.
   */
  private Mark mark(Connection session, KafkaDump kafka, String path, Duration within)
      throws SQLException, BackupFailed, Brokers.Refused {
    StandstillLock lock = new StandstillLock(session);
    says.accept("Waiting until all processes stand still");
    long begun = System.nanoTime();
    if (lock.takeAlone(within) instanceof Answer.SomeStillWork some) {
      throw new BackupFailed(
          "no backup was made: after %s these have not come to rest: %s. Look what they do, or give them longer by --within"
              .formatted(
                  within, some.who().isEmpty() ? "somebody" : String.join(", ", some.who())));
    }
    // Closing the session lets all others go on, whatever has happened.
    PausedExporting exporting = PausedExporting.of(brokers, stores.zeebe());
    Instant at = clock.instant();
    try {
      says.accept("All stand still");
      kafka.notePlaces();
      session.setAutoCommit(false);
      session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // The first query makes the snapshot.
      String unused = new TablesJdbc(session).schema();
      kafka.noteEnds();
      says.accept("Having Zeebe set its mark");
      brokers.backUp(path, at.getEpochSecond());
      awaitProgress(path, at.getEpochSecond(), Brokers.Progress.MARKED, MARKED_WITHIN);
      if (!lock.isAlone()) {
        throw new BackupFailed(
            "the lock was lost on the way, and others may have worked meanwhile: make another backup");
      }
    } finally {
      exporting.resume();
    }
    lock.leave();
    return new Mark(at.getEpochSecond(), at, Duration.ofNanos(System.nanoTime() - begun));
  }

  private void awaitProgress(String path, long id, Brokers.Progress wanted, Duration within)
      throws Brokers.Refused, BackupFailed {
    long until = System.nanoTime() + within.toNanos();
    while (brokers.progress(path, id).compareTo(wanted) < 0) {
      if (System.nanoTime() > until) {
        throw new BackupFailed(
            "Zeebe's backup %d has not come to its end within %s: see its log and its store for backups"
                .formatted(id, within));
      }
      try {
        Thread.sleep(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackupFailed("interrupted", e);
      }
    }
  }
}
