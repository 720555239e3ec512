package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Given;
import io.ripen.app.RipenApplication;
import io.ripen.app.StartAnalysis;
import io.ripen.app.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Everything on one machine: the stack in processes of its own, Ripen in this one. Started once,
 * closed once, from whatever thread.
 */
public final class LocalServer implements AutoCloseable {

  private static final List<String> PROFILES = List.of("engine", "workers", "local");

  private static final String ZEEBE_REST = "camunda.client.rest-address";
  private static final String DATA = "ripen.data";

  /**
   * Zeebe's client may wait for ever for a broker that is gone; the end of the JVM ends it, too.
   */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

  /**
   * Who presses Ctrl-C does not wait for a minute; with what comes after it, less than the above.
   */
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final Given given;
  private final List<String> options;
  private final Terminal terminal;
  private final LocalStack stack;
  private final CompletableFuture<Failure> death = new CompletableFuture<>();
  private volatile @Nullable ConfigurableApplicationContext ripen;

  private LocalServer(Given given, List<String> options, Terminal terminal, LocalStack stack) {
    this.given = given;
    this.options = options;
    this.terminal = terminal;
    this.stack = stack;
  }

  /**
   * Takes the data folder and fetches what is missing; nothing runs yet.
   *
   * @param dataFolder where everything is kept, or null for what {@code ripen.data} says, else the
   *     user's own data folder
   * @param options Spring properties, as {@code --name=value}
   * @throws Failure when it cannot be started, with a message for people
   */
  public static LocalServer prepare(
      @Nullable Path dataFolder, List<String> options, Terminal terminal) {
    Given given = Given.read(PROFILES, options);
    LocalSettings settings = settings(given);
    requireWholeAddress(given);
    LocalStackBuilder stack =
        LocalStack.in(dataFolder == null ? dataFolder(given) : dataFolder)
            .settings(settings)
            .terminal(terminal)
            .listening(new Port(given.number("server.port", 8090), "Ripen", "server.port"))
            .kafkaElsewhere(given.property(Part.KAFKA.addressProperty()).orElse(null));
    if (!given.has("spring.mail.host")) {
      stack.listening(settings.mailPort());
    }
    for (Part part : Part.values()) {
      if (given.has(part.addressProperty())) {
        stack.without(part);
      }
    }
    return new LocalServer(given, options, terminal, stack.prepare());
  }

  private static Path dataFolder(Given given) {
    return given
        .property(DATA)
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .orElseGet(Folders::data);
  }

  /**
   * With its other address alone, we would start a Zeebe of our own beside the one that is meant.
   */
  private static void requireWholeAddress(Given given) {
    String grpc = Part.ZEEBE.addressProperty();
    if (given.has(ZEEBE_REST) && !given.has(grpc)) {
      throw new Failure(
          "%s is set, %s is not: set both to use a Zeebe that you have, or neither to start one here"
              .formatted(ZEEBE_REST, grpc));
    }
  }

  /**
   * Starts everything; returns when all of it works.
   *
   * @throws Failure when it does not, with a message for people; {@link #close} then ends the rest
   */
  public void start() {
    stack.onDeath(death::complete);
    CompletableFuture<?> zeebe =
        CompletableFuture.runAsync(
            () -> stack.start(EnumSet.of(Part.ZEEBE)), Thread::startVirtualThread);
    stack.start(Set.of(Part.POSTGRES, Part.KAFKA));
    terminal.status("  starting Ripen …");
    ripen = startRipen(zeebe);
    ConsoleLog.warnings();
  }

  private ConfigurableApplicationContext startRipen(CompletableFuture<?> zeebe) {
    SpringApplication application = new SpringApplication(RipenApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setAdditionalProfiles(PROFILES.toArray(String[]::new));
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(properties());
    application.addInitializers(
        context -> {
          context.getBeanFactory().registerSingleton("clock", stack.clock());
          context.getBeanFactory().registerSingleton("localStack", stack);
          ((GenericApplicationContext) context)
              .registerBean("stackGate", StackGate.class, () -> new StackGate(zeebe));
        });
    try {
      return application.run(options.toArray(String[]::new));
    } catch (RuntimeException e) {
      throw StartAnalysis.failure("Ripen", e, "Its log is " + log());
    }
  }

  /**
   * What the local server signs with; nothing before its first start.
   *
   * @param dataFolder where it keeps everything; null for the user's data folder
   */
  public static Optional<String> signingKey(@Nullable Path dataFolder) {
    return Secrets.signingKey(dataFolder == null ? Folders.data() : dataFolder);
  }

  /** What holds unless people say otherwise. */
  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(stack.springProperties());
    properties.put("ripen.signing-key", stack.signingKey());
    if (!given.has("ripen.push.public-key")) {
      properties.put("ripen.push.public-key", stack.pushKeys().publicKey());
      properties.put("ripen.push.private-key", stack.pushKeys().privateKey());
      properties.put("ripen.push.subject", stack.pushKeys().subject());
    }
    properties.put("ripen.workers.end-within", END_WITHIN.toSeconds() + "s");
    properties.put("ripen.local.smtp.folder", stack.dataFolder().resolve("mailbox").toString());
    properties.put("logging.file.name", log().toString());
    properties.put("logging.threshold.console", ConsoleLog.SILENT);
    if (!given.has("spring.mail.host")) {
      properties.put("spring.mail.host", "127.0.0.1");
      properties.put("spring.mail.port", settings(given).smtp().port());
    }
    return properties;
  }

  private static LocalSettings settings(Given given) {
    return given.settings(LocalSettings.PREFIX, LocalSettings.class);
  }

  private Path log() {
    return stack.logs().resolve("ripen.log");
  }

  /** Completed when a part of the stack ends though nobody has asked it to. */
  public CompletableFuture<Failure> death() {
    return death;
  }

  public LocalStack stack() {
    return stack;
  }

  /** The port that Ripen listens on, once started. */
  public int httpPort() {
    @Nullable ConfigurableApplicationContext running = ripen;
    if (running == null) {
      throw new IllegalStateException("the server has not been started");
    }
    return running.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Ends Ripen first, then what it stands on. */
  @Override
  public synchronized void close() {
    ConsoleLog.silence();
    @Nullable ConfigurableApplicationContext running = ripen;
    ripen = null;
    if (running != null) {
      terminal.status("  stopping Ripen …");
      closeInTime(running);
    }
    stack.close();
  }

  private static void closeInTime(ConfigurableApplicationContext running) {
    Thread closing = Thread.ofPlatform().daemon().name("stop-ripen").start(running::close);
    try {
      closing.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
