package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Where we are root (in a container, say), it runs in a user
 * namespace of its own, in which it is nobody; where such are forbidden, as the user nobody, who
 * keeps the right to reach its files.
 *
 * @param prefix what stands before the command
 * @param uid the owner that its files must have, or -1 when they may stay as they are
 */
record OrdinaryUser(List<String> prefix, int uid) {

  private static final int NOBODY = 65534;
  private static final OrdinaryUser OURSELVES = new OrdinaryUser(List.of(), -1);

  private static final List<OrdinaryUser> FOR_ROOT =
      List.of(
          new OrdinaryUser(List.of("unshare", "-U"), 0),
          new OrdinaryUser(
              List.of(
                  "setpriv",
                  "--reuid=" + NOBODY,
                  "--regid=" + NOBODY,
                  "--clear-groups",
                  "--inh-caps=+dac_override",
                  "--ambient-caps=+dac_override"),
              NOBODY));

  static OrdinaryUser find() {
    if (!"0".equals(userId(List.of()))) {
      return OURSELVES;
    }
    return FOR_ROOT.stream()
        .filter(each -> OwnSession.onPath(each.prefix.getFirst()))
        .filter(each -> userId(each.prefix).matches("[1-9]\\d*"))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv` works"
                        + " here: run as an ordinary user, or give the address of a PostgreSQL"
                        + " with --spring.datasource.url=…"));
  }

  /** Makes everything below the path its own. */
  void own(Path path) throws IOException {
    if (uid < 0 || Files.getAttribute(path, "unix:uid").equals(uid)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.setAttribute(each, "unix:uid", uid, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** What {@code id -u} answers, or nothing when it does not run. */
  private static String userId(List<String> prefix) {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("id", "-u")).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
