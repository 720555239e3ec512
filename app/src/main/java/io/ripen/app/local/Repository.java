package io.ripen.app.local;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.context.Runtimes;
import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Maven artifacts, from where Maven itself would take them: the settings, mirrors, proxies and the
 * local repository are the user's own. Checksums are verified when a file comes in, and again here,
 * for a file may have been spoilt since.
 */
final class Repository implements AutoCloseable {

  private final Context context;
  private final Terminal terminal;

  Repository(Terminal terminal) {
    this(terminal, ContextOverrides.create().withUserSettings(true));
  }

  /**
   * @param settings where files come from and where they are kept
   */
  Repository(Terminal terminal, ContextOverrides.Builder settings) {
    this.terminal = terminal;
    this.context =
        Runtimes.INSTANCE
            .getRuntime()
            .create(
                settings
                    .checksumPolicy(ChecksumPolicy.FAIL)
                    .transferListener(new DownloadProgress(terminal))
                    .build());
  }

  /** Where what has been fetched is kept. */
  Path folder() {
    return context.repositorySystemSession().getLocalRepository().getBasedir().toPath();
  }

  /**
   * One file.
   *
   * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
   */
  Path file(String coordinates) {
    return intact(coordinates, resolve(coordinates));
  }

  /** The class path that a program needs to run: these artifacts and all that they depend on. */
  List<Path> classPath(List<String> coordinates) {
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(context.remoteRepositories());
    for (String each : coordinates) {
      collect.addDependency(new Dependency(new DefaultArtifact(each), JavaScopes.RUNTIME));
    }
    DependencyRequest request =
        new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
    try {
      return context
          .repositorySystem()
          .resolveDependencies(context.repositorySystemSession(), request)
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(artifact -> intact(artifact.toString(), artifact.getFile().toPath()))
          .toList();
    } catch (DependencyResolutionException e) {
      throw notFetched(coordinates.getFirst(), e);
    }
  }

  private Path resolve(String coordinates) {
    ArtifactRequest request = new ArtifactRequest();
    request.setArtifact(new DefaultArtifact(coordinates));
    request.setRepositories(context.remoteRepositories());
    try {
      return context
          .repositorySystem()
          .resolveArtifact(context.repositorySystemSession(), request)
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw notFetched(coordinates, e);
    }
  }

  private Path intact(String coordinates, Path file) {
    try {
      if (matchesItsChecksum(file)) {
        return file;
      }
      terminal.say("@|yellow " + file + " is damaged|@: it is fetched again");
      Files.delete(file);
      Path fresh = resolve(coordinates);
      if (matchesItsChecksum(fresh)) {
        return fresh;
      }
      throw new Failure(fresh + " does not match its checksum, even after it was fetched again");
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A file that came without a checksum passes. */
  private static boolean matchesItsChecksum(Path file) throws IOException {
    Path checksum = file.resolveSibling(file.getFileName() + ".sha1");
    if (!Files.exists(checksum)) {
      return true;
    }
    String expected = Files.readString(checksum).strip();
    return expected.length() < 40 || expected.substring(0, 40).equalsIgnoreCase(sha1(file));
  }

  private static String sha1(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-1"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private Failure notFetched(String coordinates, Exception cause) {
    return notFetched(coordinates, cause, folder());
  }

  static Failure notFetched(String coordinates, Exception cause, Path folder) {
    if (DiskSpace.isLacking(cause)) {
      return new Failure(
          "%s could not be kept: the disk of %s is full. Make room and start again, what has been fetched is kept"
              .formatted(coordinates, folder),
          cause);
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Failure(
        coordinates
            + " could not be fetched: "
            + root.getMessage()
            + ". It comes from Maven Central, or from the mirror in ~/.m2/settings.xml;"
            + " check the connection and start again, what has been fetched is kept",
        cause);
  }

  @Override
  public void close() {
    context.close();
  }
}
