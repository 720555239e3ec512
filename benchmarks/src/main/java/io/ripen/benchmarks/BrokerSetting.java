package io.ripen.benchmarks;

import io.ripen.app.local.LocalStackBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/** A way to run the broker. */
record BrokerSetting(String title, UnaryOperator<LocalStackBuilder> apply) {

  static final BrokerSetting DEFAULTS =
      new BrokerSetting("Zeebe's defaults", LocalStackBuilder::zeebeDefaults);

  /** Each of Ripen's settings alone, and then all of them. */
  static final List<BrokerSetting> ALL =
      List.of(
          variable("one CPU thread", "ZEEBE_BROKER_THREADS_CPUTHREADCOUNT", "1"),
          variable("one I/O thread", "ZEEBE_BROKER_THREADS_IOTHREADCOUNT", "1"),
          variable("Raft flush delay 20 ms", "ZEEBE_BROKER_CLUSTER_RAFT_FLUSH_DELAYTIME", "20ms"),
          variable("log segments of 32 MB", "ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "32MB"),
          variable("RocksDB limit 64 MB", "ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT", "64MB"),
          jvm("ParallelGC", "-XX:+UseParallelGC"),
          jvm("heap of 128 to 512 MB", "-Xms128m", "-Xmx512m"),
          new BrokerSetting("all of Ripen's", UnaryOperator.identity()));

  private static BrokerSetting variable(String title, String name, String value) {
    return new BrokerSetting(title, stack -> stack.zeebeDefaults().zeebe(name, value));
  }

  private static BrokerSetting jvm(String title, String... options) {
    return new BrokerSetting(title, stack -> stack.zeebeDefaults().zeebeJvm(options));
  }
}
