package io.ripen.app.local;

import java.io.IOException;
import java.util.Optional;

/** One of the three programs: how it is set up, started, and seen to be ready. */
interface Server {

  Part part();

  /** Sets its data folder up, where that has not been done. */
  void prepare() throws IOException;

  Launch launch() throws IOException;

  /** The signal that ends it cleanly. */
  String stopSignal();

  /**
   * What still keeps it from taking requests; empty when it takes them. Called again and again,
   * some times a second.
   *
   * @throws io.ripen.app.Failure when it never will
   */
  Optional<String> missing();

  /** Called once when it is ready, before anyone uses it. */
  default void afterStart() {}
}
