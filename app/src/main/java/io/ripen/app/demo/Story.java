package io.ripen.app.demo;

import java.util.List;
import java.util.stream.Stream;

/** What the console tells of one person, and of nobody else. */
record Story(List<Entry> entries) {

  /**
   * One line of it.
   *
   * @param name of the event or signal; the element of a touch
   * @param state of the signal or touch; empty for others
   */
  record Entry(String kind, String name, String state) {}

  /** How often the person did this, as far as it has been noted. */
  long events(String name) {
    return of("event").filter(event -> event.name().equals(name)).count();
  }

  /** Whether Zeebe has every signal of this name that the person raised, one at least. */
  boolean isSent(String signal) {
    List<Entry> raised = of("signal").filter(each -> each.name().equals(signal)).toList();
    return !raised.isEmpty() && raised.stream().allMatch(each -> each.state().equals("sent"));
  }

  /** Whether the message of this step has been sent. */
  boolean isTouched(String element) {
    return of("touch")
        .anyMatch(touch -> touch.name().equals(element) && touch.state().equals("accepted"));
  }

  /** Whether a message was sent, or only thought of. */
  boolean hasTouches() {
    return of("touch").findAny().isPresent();
  }

  private Stream<Entry> of(String kind) {
    return entries.stream().filter(entry -> entry.kind().equals(kind));
  }
}
