package io.ripen.app.local;

import io.ripen.app.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Says what is being fetched: a moving line on a terminal, one line for each big file else. */
final class DownloadProgress extends AbstractTransferListener {

  private static final long BIG = 1_000_000;
  private static final long REDRAW_NANOS = 100_000_000;

  private final Terminal terminal;
  private final Map<String, long[]> running = new ConcurrentHashMap<>();
  private volatile long drawnAt;

  DownloadProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void transferStarted(TransferEvent event) {
    long size = event.getResource().getContentLength();
    if (size >= BIG && !terminal.interactive()) {
      terminal.say("  fetching " + name(event) + " (" + megabytes(size) + " MB)");
    }
  }

  @Override
  public void transferProgressed(TransferEvent event) {
    running.put(
        event.getResource().getResourceName(),
        new long[] {event.getTransferredBytes(), event.getResource().getContentLength()});
    long now = System.nanoTime();
    if (now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    long done = running.values().stream().mapToLong(each -> each[0]).sum();
    long all = running.values().stream().mapToLong(each -> Math.max(each[0], each[1])).sum();
    terminal.status(
        "  fetching %s  %s / %s MB".formatted(name(event), megabytes(done), megabytes(all)));
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    running.remove(event.getResource().getResourceName());
    if (event.getTransferredBytes() >= BIG && terminal.interactive()) {
      terminal.say(
          "  fetched " + name(event) + " (" + megabytes(event.getTransferredBytes()) + " MB)");
    }
  }

  @Override
  public void transferFailed(TransferEvent event) {
    running.remove(event.getResource().getResourceName());
  }

  private static String name(TransferEvent event) {
    String path = event.getResource().getResourceName();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
