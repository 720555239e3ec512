package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Made by the first start, and kept: links that are signed today must be good next month. */
record Secrets(String signingKey, String databasePassword, PushKeys pushKeys) {

  /** For a server that nobody else runs. */
  private static final String SUBJECT = "mailto:ripen@localhost.localdomain";

  private static final String SIGNING_KEY = "signing-key";

  /** The signing key of a folder, if a server was started in it. */
  static Optional<String> signingKey(Path dataFolder) {
    Path file = dataFolder.resolve(SIGNING_KEY);
    return Files.exists(file) ? Optional.of(keep(file, Secrets::random)) : Optional.empty();
  }

  static Secrets of(Path dataFolder) {
    return new Secrets(
        keep(dataFolder.resolve(SIGNING_KEY), Secrets::random),
        keep(dataFolder.resolve("database-password"), Secrets::random),
        pushKeys(dataFolder.resolve("push-keys")));
  }

  private static PushKeys pushKeys(Path file) {
    List<String> keys =
        keep(
                file,
                () -> {
                  PushKeys made = PushKeys.generate(SUBJECT);
                  return made.publicKey() + "\n" + made.privateKey();
                })
            .lines()
            .toList();
    try {
      return new PushKeys(keys.getFirst(), keys.getLast(), SUBJECT);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          "%s: %s. Delete the file for a new pair; browsers have to subscribe anew then"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static String random() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String keep(Path file, Supplier<String> secret) {
    try {
      if (!Files.exists(file)) {
        OwnerOnly.write(file, secret.get() + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(file + " cannot be read or written: " + DiskSpace.why(e), e);
    }
  }
}
