package io.ripen.workers;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what broke and where, without the messages, which may hold personal data. */
final class Traces {

  private static final int DEEPEST = 5;

  private Traces() {}

  static String of(Throwable failure) {
    String causes =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .limit(DEEPEST)
            .map(cause -> cause.getClass().getSimpleName())
            .collect(Collectors.joining(" < "));
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("io.ripen."))
        .findFirst()
        .map(frame -> causes + " at " + frame)
        .orElse(causes);
  }
}
