package io.ripen.engine.rules;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.loops.Loop;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rule files of one process, as its configuration puts them together. */
public final class RulesFixture {

  private final RuleFilesJdbc table;
  private final KeepRules keep;
  private final LiveRules rules;
  private final FolderFiles lastStart;
  private final RulesAtStart start;

  public RulesFixture(DataSource database, Path folder, Clock clock, RuleFile<?>... files) {
    table = new RuleFilesJdbc(JdbcClient.create(database));
    keep =
        new KeepRules(
            List.of(files),
            table,
            new TransactionTemplate(new JdbcTransactionManager(database)),
            clock);
    lastStart = new FolderFiles(JdbcClient.create(database));
    start = new RulesAtStart(new RulesFolder(folder), List.of(files), keep, table, lastStart);
    rules =
        new LiveRules(List.of(files), new RulesFolder(folder), table, new SimpleMeterRegistry());
    rules.refresh();
  }

  public KeepRules keep() {
    return keep;
  }

  public Rules rules() {
    return rules;
  }

  public FolderFiles lastStart() {
    return lastStart;
  }

  /** As an engine does, where others only follow. */
  void start() {
    start.deploy();
    rules.refresh();
  }

  public RuleHistory history() {
    return table;
  }

  public void refresh() {
    rules.refresh();
  }

  /** Looks by itself from now on, until the answer is closed. */
  public AutoCloseable watch(Duration pause) {
    var watch =
        new Loop(
            "new versions of rules",
            pause,
            () -> {
              rules.refresh();
              return false;
            });
    watch.start();
    return watch::stop;
  }
}
