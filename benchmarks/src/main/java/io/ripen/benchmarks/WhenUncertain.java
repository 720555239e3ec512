package io.ripen.benchmarks;

/** What becomes of an e-mail whose worker died with it in its hands. */
enum WhenUncertain {
  /** Never twice. */
  ASSUME_SENT("assume-sent"),
  /** Never lost. */
  RESEND("resend");

  /** Of the workers. */
  static final String SETTING = "ripen.touches.when-uncertain.email";

  private final String word;

  WhenUncertain(String word) {
    this.word = word;
  }

  /** As options and settings have it. */
  @Override
  public String toString() {
    return word;
  }
}
