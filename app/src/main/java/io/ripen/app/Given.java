package io.ripen.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings that people have given, in any of the ways that Spring Boot knows: options,
 * environment variables, files. Read before Boot itself starts, because they say what is to run
 * first.
 */
public final class Given {

  private final ConfigurableEnvironment environment;

  private Given(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /**
   * @param profiles the roles that are to run
   * @param options Spring properties, as {@code --name=value}
   */
  public static Given read(List<String> profiles, List<String> options) {
    // Until Boot sets logging up, nothing is to be printed.
    LoggingSystem.get(Given.class.getClassLoader()).beforeInitialize();
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
    profiles.forEach(environment::addActiveProfile);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return new Given(environment);
  }

  public Optional<String> property(String name) {
    return Binder.get(environment)
        .bind(name, String.class)
        .map(Optional::of)
        .orElse(Optional.empty());
  }

  /** A setting that is a number. */
  public int number(String name, int otherwise) {
    return bound(() -> Binder.get(environment).bind(name, Integer.class).orElse(otherwise));
  }

  public boolean has(String name) {
    return property(name).isPresent();
  }

  /** A group of settings, with its defaults where nothing is given. */
  public <T> T settings(String prefix, Class<T> type) {
    return bound(() -> Binder.get(environment).bindOrCreate(prefix, type));
  }

  private static <T> T bound(Supplier<T> binding) {
    try {
      return binding.get();
    } catch (BindException e) {
      ConfigurationProperty property = e.getProperty();
      throw new Failure(
          "%s cannot be used: %s"
              .formatted(
                  property == null ? e.getName() : property.getName() + "=" + property.getValue(),
                  NestedExceptionUtils.getMostSpecificCause(e).getMessage()),
          e);
    }
  }
}
