package io.ripen.engine.forms;

/**
 * What keeps a form from being served.
 *
 * @param component the id of the component; empty when it is the form as a whole
 * @param problem what is wrong, with the value that is
 * @param fix what to do about it
 */
public record FormProblem(String component, String problem, String fix) {

  @Override
  public String toString() {
    return (component.isEmpty() ? "" : component + ": ") + problem + " → " + fix;
  }
}
