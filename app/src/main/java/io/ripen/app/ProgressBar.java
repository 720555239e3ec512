package io.ripen.app;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a long work is, with its pace and what is left, on one line; only where a person looks.
 */
public final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final Duration PACE_KNOWN_AFTER = Duration.ofSeconds(2);

  private final Terminal terminal;
  private final String what;
  private final long beganAt;
  private final long doneBefore;
  private long drawnAt;

  /**
   * @param what is counted, as {@code leads}
   * @param doneBefore what was done before this began, and says nothing of its pace
   */
  public ProgressBar(Terminal terminal, String what, long doneBefore) {
    this.terminal = terminal;
    this.what = what;
    this.doneBefore = doneBefore;
    this.beganAt = System.nanoTime();
    this.drawnAt = beganAt - REDRAW_NANOS;
  }

  public void show(long done, long all) {
    long now = System.nanoTime();
    if (now - drawnAt >= REDRAW_NANOS) {
      drawnAt = now;
      terminal.status(line(done, all, doneBefore, what, Duration.ofNanos(now - beganAt)));
    }
  }

  static String line(long done, long all, long doneBefore, String what, Duration since) {
    double part = all == 0 ? 1 : Math.min(1, (double) done / all);
    int full = (int) (part * WIDTH);
    String line =
        String.format(
            Locale.ROOT,
            "  [%s%s] %3d %%  %,d of %,d %s",
            "#".repeat(full),
            "·".repeat(WIDTH - full),
            (int) (part * 100),
            done,
            all,
            what);
    double seconds = since.toMillis() / 1e3;
    double pace = (done - doneBefore) / Math.max(seconds, 1e-3);
    if (since.compareTo(PACE_KNOWN_AFTER) < 0 || pace < 1e-3) {
      return line;
    }
    long left = Math.round(Math.max(0, all - done) / pace);
    return line + String.format(Locale.ROOT, "  %,.0f/s, %s left", pace, span(left));
  }

  private static String span(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min"
            : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
