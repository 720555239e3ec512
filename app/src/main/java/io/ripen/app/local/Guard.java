package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell that ends our children when we are killed. We hold the other end of its input; when that
 * closes, because we are no more, it ends whom it watches.
 */
final class Guard {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      watched=
      while read -r word signal pid; do
        case $word in
          watch) watched="$signal:$pid $watched" ;;
          forget)
            rest=
            for each in $watched; do [ "${each#*:}" = "$pid" ] || rest="$rest $each"; done
            watched=$rest ;;
          leave) exit 0 ;;
        esac
      done
      for each in $watched; do kill -s "${each%%:*}" "${each#*:}"; done
      patience=20
      while [ "$patience" -gt 0 ]; do
        alive=
        for each in $watched; do kill -0 "${each#*:}" && alive="$alive ${each#*:}"; done
        [ -n "$alive" ] || exit 0
        sleep 1
        patience=$((patience - 1))
      done
      kill -s KILL $alive
      """;

  private final Process shell;
  private final OutputStream orders;

  private Guard(Process shell) {
    this.shell = shell;
    this.orders = shell.getOutputStream();
  }

  static Guard start() {
    try {
      return new Guard(
          new ProcessBuilder(OwnSession.of(List.of("sh", "-c", SCRIPT, "ripen-guard")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new Failure("a shell could not be started: " + e.getMessage(), e);
    }
  }

  long pid() {
    return shell.pid();
  }

  /** From now on this process ends when we do, by this signal. */
  void watch(long pid, String signal) {
    order("watch " + signal + " " + pid);
  }

  /** It has ended; its number may become another's. */
  void forget(long pid) {
    order("forget - " + pid);
  }

  /** Nothing is left to watch. */
  void leave() {
    order("leave - -");
  }

  private synchronized void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      // Somebody has killed it. The pid files still tell the next start what to end.
      shell.destroyForcibly();
    }
  }
}
