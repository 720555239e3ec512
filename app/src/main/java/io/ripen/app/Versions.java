package io.ripen.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that the build wrote down: ours, and those of what the local server runs. */
public record Versions(
    String ripen, String zeebe, String kafka, String kafkaSlf4j, String postgres) {

  /** Reads them from the class path. */
  public static Versions read() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      if (in == null) {
        throw new IllegalStateException("versions.properties is not on the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(
        of(properties, "ripen"),
        of(properties, "zeebe"),
        of(properties, "kafka"),
        of(properties, "kafka.slf4j"),
        of(properties, "postgres"));
  }

  private static String of(Properties properties, String name) {
    String version = properties.getProperty(name);
    if (version == null) {
      throw new IllegalStateException("versions.properties has no " + name);
    }
    return version;
  }
}
