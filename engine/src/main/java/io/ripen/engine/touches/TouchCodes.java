package io.ripen.engine.touches;

import java.time.Duration;
import java.util.Locale;

/**
 * The codes of touches that are not the gate's, and the sentences that more than one says with
 * them.
 */
public final class TouchCodes {

  /** It is no longer tried. */
  public static final String GAVE_UP = "gave-up";

  /** The provider does not take it. */
  public static final String REFUSED = "refused";

  /** It is kept until somebody sees it; or nobody saw it. */
  public static final String UNSEEN = "unseen";

  /** It waits for somebody to mend its flow or its content. */
  public static final String BROKEN = "broken";

  /** A try did not get through, and the next one may. */
  static final String FAILED = "failed";

  /** It was not handed over after all. */
  static final String TAKEN_BACK = "taken-back";

  /** Nobody knows the end of a try: the provider did not say. */
  static final String ANSWER_LOST = "answer-lost";

  /** The same: who tried is not there to tell. */
  static final String WORKER_LOST = "worker-lost";

  static final String WORKER_WAS_LOST = "The worker was lost while the provider had the message.";

  /** Its answer was lost, and others have told since. */
  static final String HEARD_OF = "heard-of";

  static final String WAS_HEARD_OF = "It was heard of.";

  /** Its flow has ended first. */
  static final String FLOW_ENDED = "flow-ended";

  /** It is of no more use. */
  static final String TOO_LATE = "too-late";

  private TouchCodes() {}

  static String gaveUp(Duration useBy, String lastCause) {
    return "Given up after %s; the last cause: %s"
        .formatted(useBy.toString().substring(2).toLowerCase(Locale.ROOT), lastCause);
  }

  /** Of a touch that may be out, and is sent no more all the same. */
  static String notAgain(String cause) {
    return "Not tried again; the cause: " + cause;
  }
}
