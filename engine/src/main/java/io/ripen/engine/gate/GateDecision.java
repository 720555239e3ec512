package io.ripen.engine.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the gate said, and why. No part of it holds personal data. */
public sealed interface GateDecision {

  /** A word for programs, for example {@code no-consent}. */
  String code();

  /** A sentence for people. */
  String reason();

  /** As in the table of decisions. */
  String verdict();

  /** It may go out now. */
  record Allow() implements GateDecision {
    @Override
    public String code() {
      return "allowed";
    }

    @Override
    public String reason() {
      return "Nothing stands in the way.";
    }

    @Override
    public String verdict() {
      return "allow";
    }
  }

  /** It may go out later: ask again then. */
  record Defer(Instant until, String code, String reason) implements GateDecision {
    @Override
    public String verdict() {
      return "defer";
    }
  }

  /** It may not go out, for good. */
  record Deny(String code, String reason) implements GateDecision {
    @Override
    public String verdict() {
      return "deny";
    }
  }

  /** When to ask again, or null. */
  default @Nullable Instant askAgain() {
    return this instanceof Defer defer ? defer.until() : null;
  }
}
