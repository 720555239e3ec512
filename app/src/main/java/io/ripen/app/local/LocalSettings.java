package io.ripen.app.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code ripen.local}: ports and memory of what the local server runs. All
 * listen on the loopback address.
 *
 * @param readyWithin how long each of them may take to start; a cold start on a busy machine is
 *     slow
 */
public record LocalSettings(
    @DefaultValue Zeebe zeebe,
    @DefaultValue Kafka kafka,
    @DefaultValue Postgres postgres,
    @DefaultValue Smtp smtp,
    @DefaultValue("5m") Duration readyWithin) {

  static final String PREFIX = "ripen.local";

  /** The ports that a part listens on. */
  List<Port> ports(Part part) {
    return switch (part) {
      case POSTGRES -> List.of(port(postgres.port(), "PostgreSQL", "postgres.port"));
      case KAFKA ->
          List.of(
              port(kafka.port(), "Kafka", "kafka.port"),
              port(kafka.controllerPort(), "Kafka's controller", "kafka.controller-port"));
      case ZEEBE ->
          List.of(
              port(zeebe.grpcPort(), "Zeebe's gRPC", "zeebe.grpc-port"),
              port(zeebe.restPort(), "Zeebe's REST", "zeebe.rest-port"),
              port(zeebe.actuatorPort(), "Zeebe's actuator", "zeebe.actuator-port"),
              port(zeebe.commandPort(), "Zeebe's command API", "zeebe.command-port"),
              port(zeebe.internalPort(), "Zeebe's internal API", "zeebe.internal-port"));
    };
  }

  /** The port of the sink for mail. */
  Port mailPort() {
    return port(smtp.port(), "the mailbox", "smtp.port");
  }

  private static Port port(int number, String purpose, String property) {
    return new Port(number, purpose, PREFIX + "." + property);
  }

  /**
   * @param jvmOptions what its JVM is started with
   * @param environment more of Zeebe's own settings, as its environment variables; those of ours
   *     that begin with {@code ZEEBE_BROKER_} are handed on, too
   */
  public record Zeebe(
      @DefaultValue("26500") int grpcPort,
      @DefaultValue("8080") int restPort,
      @DefaultValue("9600") int actuatorPort,
      @DefaultValue("26501") int commandPort,
      @DefaultValue("26502") int internalPort,
      @DefaultValue({"-Xms128m", "-Xmx512m", "-XX:+UseParallelGC"}) List<String> jvmOptions,
      @DefaultValue Map<String, String> environment) {}

  /**
   * @param jvmOptions what its JVM is started with
   */
  public record Kafka(
      @DefaultValue("29092") int port,
      @DefaultValue("29093") int controllerPort,
      @DefaultValue({"-Xms64m", "-Xmx320m", "-XX:+UseSerialGC"}) List<String> jvmOptions) {}

  /** PostgreSQL. */
  public record Postgres(@DefaultValue("25432") int port) {}

  /** The sink for mail. */
  public record Smtp(@DefaultValue("2525") int port) {}
}
