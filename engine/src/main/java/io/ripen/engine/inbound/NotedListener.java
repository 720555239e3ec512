package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import java.util.List;

/** Notes whether its listener hears anything, for those who watch over it. */
final class NotedListener implements Listener {

  private final Listener listener;
  private final ListeningJdbc table;

  NotedListener(Listener listener, ListeningJdbc table) {
    this.listener = listener;
    this.table = table;
  }

  @Override
  public String name() {
    return listener.name();
  }

  @Override
  public void listen(Sink sink) throws Unavailable, InterruptedException {
    try {
      listener.listen(new NotedSink(sink));
    } catch (Unavailable e) {
      note(e, String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException e) {
      // What it says may quote what came in.
      note(
          e,
          "what came in cannot be kept (%s); the engine's log says more"
              .formatted(e.getClass().getSimpleName()));
      throw e;
    }
  }

  private void note(Exception trouble, String problem) {
    try {
      table.failed(name(), problem);
    } catch (RuntimeException e) {
      // The database is away; the first trouble is what is told.
      trouble.addSuppressed(e);
    }
  }

  private final class NotedSink implements Sink {
    private final Sink sink;

    NotedSink(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void keep(List<Inbound> inbound) {
      sink.keep(inbound);
    }

    @Override
    public void heardAll() {
      table.heard(name());
    }
  }
}
