package io.ripen.engine.rules;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger LOG = LoggerFactory.getLogger(RulesConfiguration.class);
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

  /**
   * Every engine deploys its folder when it starts, as it does with flows; workers follow. Who
   * judges events asks for this bean, so no event comes before it is there.
   */
  @Bean
  LiveRules liveRules(
      ObjectProvider<RuleFile<?>> beans,
      KeepRules keep,
      RuleFilesJdbc table,
      RipenProperties properties,
      MeterRegistry meters,
      Environment environment) {
    List<RuleFile<?>> files = beans.stream().toList();
    var folder = new RulesFolder(properties.bpmn().toPath());
    var rules = new LiveRules(files, folder, table, meters);
    if (environment.acceptsProfiles(Profiles.of("engine"))) {
      deploy(folder, files, keep, table);
    }
    rules.refresh();
    return rules;
  }

  private static void deploy(
      RulesFolder folder, List<RuleFile<?>> files, KeepRules keep, RuleHistory history) {
    Map<String, RuleVersion> before =
        history.newest().stream().collect(Collectors.toMap(RuleVersion::name, version -> version));
    Map<String, byte[]> contents = new TreeMap<>();
    for (RuleFile<?> file : files) {
      folder.content(file).ifPresent(content -> contents.put(file.name(), content));
    }
    for (RuleVersion version : keep.keep(contents, RuleVersion.AT_START)) {
      RuleVersion former = before.get(version.name());
      if (former != null
          && former.version() < version.version()
          && !former.deployedBy().equals(RuleVersion.AT_START)) {
        LOG.warn(
            "{} as {} deployed it (version {}) is superseded by the file in {} (version {})",
            former.name(),
            former.deployedBy(),
            former.version(),
            folder.bpmn(),
            version.version());
      }
    }
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
