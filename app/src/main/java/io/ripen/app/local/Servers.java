package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Versions;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the servers together, as far as they are wanted. */
final class Servers {

  private Servers() {}

  static Map<Part, Server> of(
      LocalStackBuilder options, DataFolder data, Secrets secrets, LocalClock clock) {
    Map<Part, Server> servers = new EnumMap<>(Part.class);
    try (Distributions programs =
        new Distributions(options.cache, Versions.read(), options.terminal)) {
      if (options.parts.contains(Part.POSTGRES)) {
        servers.put(
            Part.POSTGRES,
            new PostgresServer(
                programs.postgres(),
                data,
                options.settings.postgres().port(),
                secrets.databasePassword()));
      }
      @Nullable String exportTo = options.kafkaElsewhere;
      if (options.parts.contains(Part.KAFKA)) {
        KafkaServer kafka = new KafkaServer(programs.kafka(), data, options.settings.kafka());
        servers.put(Part.KAFKA, kafka);
        exportTo = kafka.address();
      }
      if (options.parts.contains(Part.ZEEBE)) {
        Map<String, String> chosen = new HashMap<>();
        if (options.smallMachine) {
          chosen.putAll(ZeebeServer.smallMachine());
        }
        if (options.exporter && exportTo != null) {
          chosen.putAll(ZeebeServer.exporter(programs.exporter(), exportTo));
        }
        servers.put(
            Part.ZEEBE,
            new ZeebeServer(programs.zeebe(), data, options.settings.zeebe(), chosen, clock));
      }
      return servers;
    } catch (IOException e) {
      throw new Failure("the cache " + options.cache + " cannot be used: " + DiskSpace.why(e), e);
    }
  }
}
