package io.ripen.engine.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.sql.DataSource;

/**
 * Sessions that are used again, as servers do it: a new one for each statement takes PostgreSQL
 * longer than most statements. Those of databases that others made before are not kept.
 */
final class KeptSessions {

  private static final List<HikariDataSource> POOLS = new CopyOnWriteArrayList<>();

  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("kept-sessions").factory());

  private KeptSessions() {}

  static DataSource of(DataSource database) {
    POOLS.forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(64);
    config.setIdleTimeout(10_000);
    config.setScheduledExecutor(CLOCK);
    HikariDataSource pool = new HikariDataSource(config);
    POOLS.add(pool);
    return pool;
  }
}
