package io.ripen.engine.links;

/**
 * What a link turned out to be.
 *
 * @param <T> what a genuine one carries
 */
public sealed interface Opened<T> {

  /** We made it, for this purpose, and it is still good. */
  record Genuine<T>(T content) implements Opened<T> {}

  /** We made it, too long ago. */
  record Expired<T>() implements Opened<T> {}

  /** We did not make it, or not for this purpose, or it was cut short on its way. */
  record Forged<T>() implements Opened<T> {}
}
