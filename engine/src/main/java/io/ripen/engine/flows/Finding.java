package io.ripen.engine.flows;

/**
 * Something in a flow, a table, an element template or a message that should not stay so.
 *
 * @param file the file, relative to the folder with the flows, with {@code /} between names
 * @param where the element's id, the line ({@code line 12}), the template's id; empty when it is
 *     the file as a whole
 * @param rule a short name for tests and filters, for example {@code message-missing}
 * @param problem what is wrong, with the value that is
 * @param fix what to do about it
 */
public record Finding(
    Severity severity, String file, String where, String rule, String problem, String fix) {

  /** How bad it is. */
  public enum Severity {
    /** The flow cannot be deployed. */
    ERROR,
    /** The flow runs, but hardly as meant. */
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line for a person, for example {@code a/a.bpmn: serviceTask_b: error: … → …}. */
  @Override
  public String toString() {
    String place = where.isEmpty() ? file : file + ": " + where;
    String kind = isError() ? "error" : "warning";
    return "%s: %s: %s → %s (%s)".formatted(place, kind, problem, fix, rule);
  }
}
