package io.ripen.app.local;

import io.ripen.app.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link LocalStack} is to be like. */
public final class LocalStackBuilder {

  private static final List<String> SHORT_LIVED =
      List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  final Path dataFolder;
  final Set<Part> parts = EnumSet.allOf(Part.class);
  private final Set<Part> later = EnumSet.noneOf(Part.class);
  LocalSettings settings = defaults();
  Path cache = Folders.cache();
  Terminal terminal = Terminal.plain(System.out);
  boolean exporter = true;
  boolean smallMachine = true;
  @Nullable String kafkaElsewhere;
  private final List<Port> more = new ArrayList<>();

  LocalStackBuilder(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /** Ports that nobody uses now, in place of the usual ones. */
  public LocalStackBuilder onFreePorts() {
    List<Integer> ports = Port.free(9);
    settings =
        new LocalSettings(
            new LocalSettings.Zeebe(
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                settings.zeebe().jvmOptions(),
                settings.zeebe().environment()),
            new LocalSettings.Kafka(ports.get(5), ports.get(6), settings.kafka().jvmOptions()),
            new LocalSettings.Postgres(ports.get(7)),
            new LocalSettings.Smtp(ports.get(8)),
            settings.readyWithin());
    return this;
  }

  /** Leaves a part out. */
  public LocalStackBuilder without(Part part) {
    parts.remove(part);
    return this;
  }

  /** Leaves a part to be started by itself: {@link LocalStack#start(Part)}. */
  public LocalStackBuilder later(Part part) {
    later.add(part);
    return this;
  }

  /** Starts the broker without our exporter. */
  public LocalStackBuilder withoutExporter() {
    exporter = false;
    return this;
  }

  /**
   * Starts the broker as Zeebe comes, without our settings for a small machine and its JVM; those
   * given here hold all the same.
   */
  public LocalStackBuilder zeebeDefaults() {
    smallMachine = false;
    return zeebeJvm();
  }

  /** One of Zeebe's settings, by its environment variable; wins over ours. */
  public LocalStackBuilder zeebe(String variable, String value) {
    Map<String, String> environment = new HashMap<>(settings.zeebe().environment());
    environment.put(variable, value);
    return zeebe(settings.zeebe().jvmOptions(), environment);
  }

  /** The options of the broker's JVM, in place of ours. */
  public LocalStackBuilder zeebeJvm(String... options) {
    return zeebe(new ArrayList<>(List.of(options)), settings.zeebe().environment());
  }

  /** For servers that live for minutes: their JVMs compile soon rather than well. */
  public LocalStackBuilder shortLived() {
    settings =
        new LocalSettings(
            settings.zeebe(),
            new LocalSettings.Kafka(
                settings.kafka().port(), settings.kafka().controllerPort(), SHORT_LIVED),
            settings.postgres(),
            settings.smtp(),
            settings.readyWithin());
    return zeebe(SHORT_LIVED, settings.zeebe().environment());
  }

  private LocalStackBuilder zeebe(List<String> jvmOptions, Map<String, String> environment) {
    LocalSettings.Zeebe old = settings.zeebe();
    settings =
        new LocalSettings(
            new LocalSettings.Zeebe(
                old.grpcPort(),
                old.restPort(),
                old.actuatorPort(),
                old.commandPort(),
                old.internalPort(),
                jvmOptions,
                environment),
            settings.kafka(),
            settings.postgres(),
            settings.smtp(),
            settings.readyWithin());
    return this;
  }

  LocalStackBuilder settings(LocalSettings newSettings) {
    settings = newSettings;
    return this;
  }

  LocalStackBuilder terminal(Terminal newTerminal) {
    terminal = newTerminal;
    return this;
  }

  /** Where the exporter writes when Kafka is not started here. */
  LocalStackBuilder kafkaElsewhere(@Nullable String bootstrapServers) {
    kafkaElsewhere = bootstrapServers;
    return this;
  }

  /** A port that we listen on ourselves, beside the stack. */
  LocalStackBuilder listening(Port port) {
    more.add(port);
    return this;
  }

  /** All ports that will be listened on. */
  List<Port> ports() {
    List<Port> ports = new ArrayList<>(more);
    parts.forEach(part -> ports.addAll(settings.ports(part)));
    return ports;
  }

  LocalStack prepare() {
    return LocalStack.prepare(this);
  }

  /**
   * Starts it; returns when all parts take requests.
   *
   * @throws io.ripen.app.Failure when that does not work, with a message for people; then nothing
   *     is left running
   */
  public LocalStack start() {
    LocalStack stack = prepare();
    try {
      Set<Part> now = EnumSet.copyOf(parts);
      now.removeAll(later);
      stack.start(now);
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private static LocalSettings defaults() {
    return new org.springframework.boot.context.properties.bind.Binder()
        .bindOrCreate(LocalSettings.PREFIX, LocalSettings.class);
  }
}
