package io.ripen.engine.backup;

import io.ripen.engine.standstill.StandstillLock;
import io.ripen.engine.standstill.StandstillLock.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings PostgreSQL and Kafka back into empty stores. PostgreSQL's one transaction ends last: until
 * then it may be done again, and afterwards all is there.
 */
public final class RestoreBackup {

  private static final Duration OTHERS_REST_WITHIN = Duration.ofSeconds(20);

  private final Stores stores;
  private final Consumer<String> says;

  /**
   * @param says what it does, as it does it
   */
  public RestoreBackup(Stores stores, Consumer<String> says) {
    this.stores = stores;
    this.says = says;
  }

  /**
   * What was brought back.
   *
   * @param id of Zeebe's part, which its brokers have yet to bring back
   */
  public record Restored(long id, long rows, long records) {}

  /**
   * Brings one back.
   *
   * @throws BackupFailed when it is not brought back; then PostgreSQL is as empty as it was
   */
  public Restored restore(Path from) throws BackupFailed {
    try {
      BackupFolder folder = BackupFolder.at(from);
      says.accept("Checking " + folder);
      Manifest manifest = folder.checked();
      KafkaLoad kafka = new KafkaLoad(stores.kafka(), manifest);
      kafka.check();
      try (Connection session = stores.connect()) {
        restore(session, folder, manifest, kafka);
      }
      return new Restored(manifest.id(), manifest.rows(), manifest.records());
    } catch (SQLException | FlywayException e) {
      throw new BackupFailed("PostgreSQL: " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw new BackupFailed("Kafka: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BackupFailed("%s cannot be read: %s".formatted(from, e), e);
    }
  }

  private void migrate() {
    var unused =
        Flyway.configure(Flyway.class.getClassLoader())
            .dataSource(stores.jdbcUrl(), stores.user(), stores.password())
            .locations("classpath:db/migration")
            .load()
            .migrate();
  }

  private void restore(Connection session, BackupFolder folder, Manifest manifest, KafkaLoad kafka)
      throws SQLException, IOException, BackupFailed {
    StandstillLock lock = new StandstillLock(session);
    if (lock.takeAlone(OTHERS_REST_WITHIN) instanceof Answer.SomeStillWork some) {
      throw new BackupFailed(
          "nothing was brought back: %s still works with this database (expected: nobody; stop all engines and workers)"
              .formatted(String.join(", ", some.who())));
    }
    TablesJdbc postgres = new TablesJdbc(session);
    requireEmpty(postgres);
    migrate();
    requireSchema(manifest, postgres.schema());
    session.setAutoCommit(false);
    says.accept("Filling PostgreSQL");
    postgres.load(manifest, folder);
    says.accept("Filling Kafka");
    kafka.load(folder);
    session.commit();
    session.setAutoCommit(true);
    try (Statement statement = session.createStatement()) {
      statement.execute("analyze");
    }
  }

  private static void requireEmpty(TablesJdbc postgres) throws SQLException, BackupFailed {
    List<String> filled = postgres.filled();
    if (!filled.isEmpty()) {
      throw new BackupFailed(
          "the database is not empty: there are rows in %s (expected: an empty database). If an earlier restore of this backup was cut off, they are all there: PostgreSQL is filled last and at once"
              .formatted(String.join(", ", filled)));
    }
  }

  private static void requireSchema(Manifest manifest, String schema) throws BackupFailed {
    if (!schema.equals(manifest.schema())) {
      throw new BackupFailed(
          "the backup has schema %s, this Ripen has %s: bring it back with Ripen %s, and move to a newer one afterwards"
              .formatted(manifest.schema(), schema, manifest.ripen()));
    }
  }
}
