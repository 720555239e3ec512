package io.ripen.channels.email;

/**
 * What the server answered at one stage of the conversation.
 *
 * @param code the three-digit reply code; 0 or -1 when no answer came
 * @param text all lines of the answer, with the code
 */
record Reply(Stage stage, int code, String text) {

  /** The stages of an SMTP conversation, in order. */
  enum Stage {
    GREETING("the greeting"),
    EHLO("EHLO"),
    STARTTLS("STARTTLS"),
    AUTH("the login"),
    MAIL("MAIL FROM"),
    RCPT("RCPT TO"),
    DATA("DATA"),
    DOT("the end of the message");

    private final String words;

    Stage(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  boolean isSuccess() {
    return code >= 200 && code < 300;
  }

  boolean isTemporary() {
    return code >= 400 && code < 500;
  }

  boolean isPermanent() {
    return code >= 500 && code < 600;
  }

  /** Whether the server said something that settles the matter. */
  boolean isRefusal() {
    return isTemporary() || isPermanent();
  }
}
