package io.ripen.channels;

import java.util.List;

/** Asks a provider for what came in, where the provider does not call us. */
public interface Listener {

  /** For logs and threads, for example {@code telegram}. */
  String name();

  /**
   * Waits for what comes in next and gives it to the sink; the provider is told that it is taken
   * only after the sink has returned. Returns soon when its thread is interrupted. One thread at a
   * time may listen, over all processes.
   *
   * @throws Unavailable when the provider cannot be asked now
   * @throws InterruptedException when interrupted
   */
  void listen(Sink sink) throws Unavailable, InterruptedException;

  /** Keeps what came in. */
  @FunctionalInterface
  interface Sink {
    /**
     * Returns when all of it is kept for good.
     *
     * @throws RuntimeException when it is not; it will be told again
     */
    void keep(List<Inbound> inbound);

    /** Told each time that all that had come in by then is kept: we hear what people say. */
    default void heardAll() {}
  }

  /** The provider cannot be asked now; the message is free of secrets and of personal data. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }
}
