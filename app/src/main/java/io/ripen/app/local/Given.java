package io.ripen.app.local;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings that people have given, in any of the ways that Spring Boot knows: options,
 * environment variables, files. Read before Boot itself starts, because they say what is to run
 * first.
 */
final class Given {

  static final List<String> PROFILES = List.of("engine", "workers", "local");

  private final ConfigurableEnvironment environment;

  private Given(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  static Given read(List<String> options) {
    // Until Boot sets logging up, nothing is to be printed.
    LoggingSystem.get(Given.class.getClassLoader()).beforeInitialize();
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
    PROFILES.forEach(environment::addActiveProfile);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return new Given(environment);
  }

  Optional<String> property(String name) {
    return Binder.get(environment)
        .bind(name, String.class)
        .map(Optional::of)
        .orElse(Optional.empty());
  }

  boolean has(String name) {
    return property(name).isPresent();
  }

  int httpPort() {
    return Binder.get(environment).bind("server.port", Integer.class).orElse(8090);
  }

  LocalSettings settings() {
    return Binder.get(environment).bindOrCreate(LocalSettings.PREFIX, LocalSettings.class);
  }
}
