package io.ripen.engine.backup;

import io.ripen.engine.backup.Manifest.Content;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folder that a backup is: zipped files, and a manifest that comes last. */
final class BackupFolder {

  private static final String MANIFEST = "manifest.json";

  private final Path root;

  private BackupFolder(Path root) {
    this.root = root;
  }

  /** Makes a new one, which only its owner may read: all that is known of people is in it. */
  static BackupFolder fresh(Path root) throws BackupFailed {
    try {
      if (Files.exists(root)) {
        requireEmpty(root);
      } else {
        Files.createDirectories(root);
      }
      if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      }
      return new BackupFolder(root);
    } catch (IOException e) {
      throw new BackupFailed("%s cannot be written to: %s".formatted(root, e), e);
    }
  }

  private static void requireEmpty(Path root) throws IOException, BackupFailed {
    try (Stream<Path> files = Files.list(root)) {
      if (files.findAny().isPresent()) {
        throw new BackupFailed("%s is not empty (expected: a new folder)".formatted(root));
      }
    }
  }

  /** One that is there. */
  static BackupFolder at(Path root) throws BackupFailed {
    if (!Files.exists(root.resolve(MANIFEST))) {
      throw new BackupFailed(
          "%s is no backup: it has no %s, which is written last (expected: a folder that ripen backup create has finished)"
              .formatted(root, MANIFEST));
    }
    return new BackupFolder(root);
  }

  /** Fills a file. */
  interface Filling {
    long write(OutputStream out) throws IOException, SQLException;
  }

  /** A file that was filled, and what the filling said that it has written. */
  record Filled(long count, Content content) {}

  Filled write(String file, Filling filling) throws IOException, SQLException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    MessageDigest digest = sha256();
    long count;
    try (OutputStream raw =
            new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), 1 << 16);
        OutputStream out = new GZIPOutputStream(new DigestOutputStream(raw, digest), 1 << 16)) {
      count = filling.write(out);
    }
    sync(path);
    return new Filled(
        count, new Content(file, Files.size(path), HexFormat.of().formatHex(digest.digest())));
  }

  InputStream read(Content content) throws IOException {
    return new GZIPInputStream(Files.newInputStream(root.resolve(content.file())), 1 << 16);
  }

  /** Makes it a backup, at once and for good. */
  void finish(Manifest manifest) throws IOException {
    Path draft = root.resolve(MANIFEST + ".part");
    Files.writeString(
        draft, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
    sync(draft);
    Files.move(draft, root.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the manifest, and holds every file against it. */
  Manifest checked() throws BackupFailed {
    try {
      Manifest manifest =
          JsonMapper.shared().readValue(Files.readString(root.resolve(MANIFEST)), Manifest.class);
      if (manifest.format() != Manifest.FORMAT) {
        throw new BackupFailed(
            "%s has format %d (expected: %d): it was made by Ripen %s, which can bring it back"
                .formatted(root, manifest.format(), Manifest.FORMAT, manifest.ripen()));
      }
      for (Content content : manifest.contents()) {
        require(content);
      }
      return manifest;
    } catch (IOException | JacksonException e) {
      throw new BackupFailed("%s cannot be read: %s".formatted(root, e), e);
    }
  }

  private void require(Content content) throws IOException, BackupFailed {
    Path path = root.resolve(content.file());
    if (!Files.exists(path)) {
      throw new BackupFailed("%s is missing; use another backup".formatted(path));
    }
    MessageDigest digest = sha256();
    try (InputStream in =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(path)), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(content.sha256())) {
      throw new BackupFailed(
          "%s is damaged: its SHA-256 is %s (expected: %s); use another backup"
              .formatted(path, sha256, content.sha256()));
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
