package io.ripen.engine.touches;

/** Stands for the end of the process: nothing that comes after it is done. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;
}
