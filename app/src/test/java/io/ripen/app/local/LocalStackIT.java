package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

  @Test
  void starts(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      try (LocalStack stack = LocalStack.in(folder).withoutExporter().onFreePorts().start()) {
        System.out.println("started in " + (System.nanoTime() - start) / 1e9);
        try (var c =
            DriverManager.getConnection(
                stack.jdbcUrl(), stack.databaseUser(), stack.databasePassword())) {
          assertThat(c.isValid(1)).isTrue();
        }
        stack.advance(Duration.ofHours(1));
        start = System.nanoTime();
      }
      System.out.println("stopped in " + (System.nanoTime() - start) / 1e9);
    }
  }
}
