package io.ripen.benchmarks;

import java.io.IOException;

/** The providers, as a program of their own, so that what they use is not taken for ours. */
final class SinkProgram {

  private SinkProgram() {}

  /** Prints the ports for mail and HTTP; ends with its standard input. */
  public static void main(String... arguments) throws IOException {
    SmtpSink smtp = new SmtpSink();
    HttpSink http = new HttpSink(smtp);
    System.out.println(smtp.port() + " " + http.port());
    while (System.in.read() >= 0) {
      // Nothing is told this way.
    }
    System.exit(0);
  }
}
