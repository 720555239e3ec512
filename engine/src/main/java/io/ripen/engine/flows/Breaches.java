package io.ripen.engine.flows;

import io.ripen.engine.flows.XmlElements.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** Breaches of the BPMN schema in plain words; one a line, since the first leads to the others. */
final class Breaches implements ErrorHandler {

  private static final String DRAW_AGAIN = "draw it again in Camunda Modeler, for Camunda 8";
  private static final Pattern SENTENCE = Pattern.compile("(cvc-[a-z-]+\\.[\\d.]*\\d)\\S*: (.*)");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  private record Breach(String problem, String fix) {}

  private final XmlElements elements;
  private final Map<Integer, Breach> byLine = new LinkedHashMap<>();

  Breaches(XmlElements elements) {
    this.elements = elements;
  }

  boolean isEmpty() {
    return byLine.isEmpty();
  }

  void tell(Report report) {
    byLine.forEach(
        (line, breach) -> report.error("line " + line, "bpmn", breach.problem(), breach.fix()));
  }

  void addDangling(Reference reference) {
    boolean arrow = reference.by().equals("incoming") || reference.by().equals("outgoing");
    add(
        reference.line(),
        "%s has %s %s, which is not there"
            .formatted(reference.from(), reference.by(), reference.to()),
        arrow ? "take the line away, or draw the arrow" : "choose an element that is there");
  }

  @Override
  public void error(SAXParseException e) {
    Matcher sentence = SENTENCE.matcher(String.valueOf(e.getMessage()));
    boolean known = sentence.matches();
    String text = known ? sentence.group(2) : String.valueOf(e.getMessage());
    List<String> values = QUOTED.matcher(text).results().map(Breaches::value).toList();
    String value = values.isEmpty() ? "" : values.get(0);
    String element = elements.current();
    int line = e.getLineNumber();
    switch (known ? sentence.group(1) : "") {
      case "cvc-elt.1" ->
          add(line, "it is no BPMN 2.0 (its root is " + value + ")", "draw it in Camunda Modeler");
      case "cvc-complex-type.2.4" ->
          add(
              line,
              text.startsWith("Invalid")
                  ? "%s is not allowed here, in %s".formatted(element, elements.around())
                  : element + " is not complete",
              "take it away, or " + DRAW_AGAIN);
      case "cvc-complex-type.2.3" ->
          add(line, "there is text between the elements of " + element, "take the text away");
      case "cvc-complex-type.3.2.2" ->
          add(line, element + " has no attribute " + value + " in BPMN", "take it away");
      case "cvc-complex-type.4" ->
          add(line, "%s lacks its %s".formatted(element, value), "add it, or " + DRAW_AGAIN);
      case "cvc-id.2" ->
          add(line, "two elements have the id " + value, "give each an id of its own");
      case "cvc-attribute.3" ->
          add(
              line,
              "%s has the %s \"%s\"".formatted(element, values.get(1), value),
              "write a value of the kind " + values.get(values.size() - 1));
      // Told before or after this one, with the name of what is concerned.
      case "cvc-id.1", "cvc-elt.4.2", "cvc-datatype-valid.1.2.1" -> {}
      default -> add(line, element + " is no BPMN: " + text, DRAW_AGAIN);
    }
  }

  @Override
  public void warning(SAXParseException e) {
    // Not worth a word: the file is read all the same.
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXParseException {
    throw e;
  }

  private void add(int line, String problem, String fix) {
    byLine.putIfAbsent(line, new Breach(problem, fix));
  }

  private static String value(MatchResult quoted) {
    return quoted.group(1);
  }
}
