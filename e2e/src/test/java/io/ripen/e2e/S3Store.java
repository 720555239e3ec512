package io.ripen.e2e;

import io.ripen.app.local.LocalStackBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A store that speaks as Amazon's S3 does, for Zeebe's backups; it keeps them in a folder. */
final class S3Store implements AutoCloseable {

  private static final String BUCKET = "zeebe-backups";
  private static final String USER = "ripen";
  private static final String PASSWORD = "a-password-of-the-tests";

  private final int port = Ports.free();
  private final Child process;

  private S3Store(Path folder) throws IOException {
    // A folder is a bucket.
    Files.createDirectories(folder.resolve("data").resolve(BUCKET));
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.identity=unused
        jclouds.credential=unused
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, USER, PASSWORD, folder.resolve("data")));
    process =
        Child.start(
            "s3",
            List.of(
                Build.java().toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Build.target().resolve("s3proxy.jar").toString(),
                "--properties",
                settings.toString()),
            Map.of());
    process.awaitOrFail("ready", Duration.ofSeconds(60), this::listens);
  }

  static S3Store start() {
    try {
      return new S3Store(Files.createTempDirectory(Build.target(), "s3-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    }
  }

  /** Has Zeebe put its backups here; for the minutes of a test. */
  LocalStackBuilder keeps(LocalStackBuilder stack) {
    String prefix = "ZEEBE_BROKER_DATA_BACKUP_";
    return stack
        .shortLived()
        .zeebe(prefix + "STORE", "S3")
        .zeebe(prefix + "S3_BUCKETNAME", BUCKET)
        .zeebe(prefix + "S3_ENDPOINT", "http://127.0.0.1:" + port)
        .zeebe(prefix + "S3_REGION", "us-east-1")
        .zeebe(prefix + "S3_ACCESSKEY", USER)
        .zeebe(prefix + "S3_SECRETKEY", PASSWORD)
        .zeebe(prefix + "S3_FORCEPATHSTYLEACCESS", "true");
  }

  @Override
  public void close() {
    process.close();
  }
}
