package io.ripen.app.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows that go to the door together, and those between them that do not. */
final class Batch {

  /** The door takes 500 KB and 2,500 events, and each event with the batch's context. */
  private static final int MOST_CHARACTERS = 200_000;

  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_REFUSED = 2_000;

  /**
   * A row and its events.
   *
   * @param domain of its e-mail address, in small letters; empty where it has none
   */
  record Said(Rows.Row row, String domain, List<String> events) {}

  /** A row that is not taken, and why. */
  record Refused(Rows.Row row, String reason) {}

  private final List<Said> said = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private int characters;
  private int events;
  private long lastRow;

  void add(Said row) {
    said.add(row);
    characters += row.events().stream().mapToInt(String::length).sum();
    events += row.events().size();
    lastRow = row.row().number();
  }

  void add(Refused row) {
    refused.add(row);
    lastRow = row.row().number();
  }

  /** Takes rows out again that have such a problem. */
  void refuse(Function<Said, Optional<String>> problem) {
    said.removeIf(
        row -> {
          Optional<String> reason = problem.apply(row);
          reason.ifPresent(why -> refused.add(new Refused(row.row(), why)));
          return reason.isPresent();
        });
  }

  boolean isFull() {
    return characters >= MOST_CHARACTERS
        || Math.max(events, said.size()) >= MOST_EVENTS
        || refused.size() >= MOST_REFUSED;
  }

  boolean isEmpty() {
    return said.isEmpty() && refused.isEmpty();
  }

  List<Said> said() {
    return said;
  }

  List<Refused> refused() {
    return refused;
  }

  /** The number of the last row that is in it. */
  long lastRow() {
    return lastRow;
  }
}
