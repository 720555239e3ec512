package io.ripen.app.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks archives into a folder; refuses entries that would end up outside it. */
final class Unpacker {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Unpacker() {}

  /** A {@code .tar.gz} whose only folder is left away. */
  static void tarGz(Path archive, Path into) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        InputStream tar = new GZIPInputStream(in, 1 << 16)) {
      tar(tar, into, 1);
    }
  }

  /** The {@code .txz} that a jar holds. */
  static void txzInJar(Path jar, Path into) throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar), 1 << 16))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".txz")) {
          tar(new XZInputStream(zip), into, 0);
          return;
        }
      }
    }
    throw new IOException(jar + " holds no .txz");
  }

  private static void tar(InputStream in, Path into, int strip) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in, 1 << 16));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path name = Path.of(entry.getName()).normalize();
      if (name.getNameCount() > strip && !name.toString().isEmpty()) {
        unpack(tar, entry, into, name.subpath(strip, name.getNameCount()));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into, Path name)
      throws IOException {
    Path target = inside(into, into.resolve(name));
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      inside(into, target.resolveSibling(entry.getLinkName()));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, target);
      if (POSIX && (entry.getMode() & 0100) != 0) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } else {
      throw new IOException(entry.getName() + " is neither file, folder nor symbolic link");
    }
  }

  private static Path inside(Path folder, Path path) throws IOException {
    if (path.normalize().startsWith(folder.normalize())) {
      return path;
    }
    throw new IOException(path + " leads out of " + folder);
  }
}
