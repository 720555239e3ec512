package io.ripen.engine.rules;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the rule files into the database, and follows it. */
@Configuration(proxyBeanMethods = false)
class RulesConfiguration {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Bean
  RuleFilesJdbc ruleFilesJdbc(JdbcClient jdbc) {
    return new RuleFilesJdbc(jdbc);
  }

  @Bean
  KeepRules keepRules(
      ObjectProvider<RuleFile<?>> files,
      RuleFilesJdbc table,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new KeepRules(
        files.stream().toList(), table, new TransactionTemplate(transactions), clock);
  }

  @Bean
  FolderFiles folderFiles(JdbcClient jdbc) {
    return new FolderFiles(jdbc);
  }

  /**
   * Every engine deploys what has changed in its folder when it starts, as it does with flows;
   * workers follow. Who judges events asks for this bean, so no event comes before it is there.
   */
  @Bean
  LiveRules liveRules(
      ObjectProvider<RuleFile<?>> beans,
      KeepRules keep,
      RuleFilesJdbc table,
      FolderFiles lastStart,
      RipenProperties properties,
      MeterRegistry meters,
      Environment environment) {
    List<RuleFile<?>> files = beans.stream().toList();
    var folder = new RulesFolder(properties.bpmn().toPath());
    var rules = new LiveRules(files, folder, table, meters);
    if (environment.acceptsProfiles(Profiles.of("engine"))) {
      new RulesAtStart(folder, files, keep, table, lastStart).deploy();
    }
    rules.refresh();
    return rules;
  }

  @Bean
  Loop rulesLoop(LiveRules rules) {
    return new Loop(
        "new versions of rules",
        PAUSE,
        () -> {
          rules.refresh();
          return false;
        });
  }
}
