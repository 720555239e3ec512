package io.ripen.app.local;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where programs keep their files on this system (XDG base directories; ~/Library on a Mac). */
final class Folders {

  private Folders() {}

  /** What is kept: databases, logs, keys. */
  static Path data() {
    return mac()
        ? home().resolve("Library/Application Support/ripen")
        : xdg("XDG_DATA_HOME", ".local/share");
  }

  /** What can be fetched again. */
  static Path cache() {
    return mac() ? home().resolve("Library/Caches/ripen") : xdg("XDG_CACHE_HOME", ".cache");
  }

  private static Path xdg(String variable, String fallback) {
    @Nullable String value = System.getenv(variable);
    // The specification: a relative path is invalid and to be ignored.
    return value != null && Path.of(value).isAbsolute()
        ? Path.of(value, "ripen")
        : home().resolve(fallback).resolve("ripen");
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private static boolean mac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
  }
}
