package io.ripen.app.cli;

import io.ripen.app.remote.EngineApi;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine a command talks to. */
final class EngineOptions {

  private static final String DEFAULT_URL = "http://localhost:8090";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = DEFAULT_URL,
      description = "where the engine is (default: ${DEFAULT-VALUE})")
  private URI url = URI.create(DEFAULT_URL);

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      description = "its console's, if it has one (default: RIPEN_CONSOLE_PASSWORD's)")
  private @Nullable String password = System.getenv("RIPEN_CONSOLE_PASSWORD");

  URI url() {
    return url;
  }

  EngineApi api() {
    return new EngineApi(url, password);
  }
}
