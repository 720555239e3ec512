package io.ripen.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A process that starts while others of a newer version have migrated the database already. */
class NewerSchemaIT {

  private final DataSource database = TestDatabase.migratedForAnyUse();

  @Test
  void the_version_before_starts_and_leaves_the_schema_as_it_is() {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration", "classpath:db/later")
        .load()
        .migrate();

    new ApplicationContextRunner()
        .withBean(DataSource.class, () -> database)
        .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
        .run(
            server -> {
              assertThat(server).hasNotFailed();
              var newest = server.getBean(Flyway.class).info().current();
              assertThat(newest.getVersion().getVersion()).isEqualTo("999");
            });
  }
}
