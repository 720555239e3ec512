package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Made by the first start, and kept: links that are signed today must be good next month. */
record Secrets(String signingKey, String databasePassword) {

  static Secrets of(Path dataFolder) {
    return new Secrets(
        keep(dataFolder.resolve("signing-key")), keep(dataFolder.resolve("database-password")));
  }

  private static String keep(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        OwnerOnly.write(file, HexFormat.of().formatHex(random) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(file + " cannot be read or written: " + DiskSpace.why(e), e);
    }
  }
}
