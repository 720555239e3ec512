package io.ripen.engine.flows;

import io.ripen.engine.segments.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The signals that {@code signals.dmn} can raise, and by what each is correlated.
 *
 * @param known whether the table could be read and has any
 * @param keys by the signal's name, one or more of those of the column <i>Correlate by</i>
 * @param things by the signal's name, what it is about: its keys, and what its rows ask for, as an
 *     order that was placed is there whatever the signal goes by
 * @param ageless those that are told however long ago the event was
 * @param events by the signal's name, the events that raise it; none where another one may, too
 * @param titles by the signal's name, what its first row says of it, as far as a colon
 */
record SignalNames(
    boolean known,
    Map<String, List<String>> keys,
    Map<String, Set<String>> things,
    Set<String> ageless,
    Map<String, Set<String>> events,
    Map<String, String> titles) {

  /** The table's name, directly in the folder with the flows. */
  static final String FILE = "signals.dmn";

  private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

  /** What stands for the id of a segment at the end of a signal's name. */
  private static final String ANY = "*";

  private static final Pattern TEXTS = Pattern.compile("\\s*\"[^\"]+\"(\\s*,\\s*\"[^\"]+\")*\\s*");

  /** A number, or what is above, below or between: like texts, for what is there alone. */
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*[<>=\\[(\\]]*\\s*-?\\d[-\\d.\\s\\[)\\]]*");

  private static final Pattern THING = Pattern.compile("(cart|order)\\.");
  private static final Pattern EVENT = Pattern.compile("\"([^\"]+)\"");

  /**
   * @param segments by which a signal is named that has a {@code *} at its end
   */
  static SignalNames read(Path bpmn, Collection<Segment> segments) {
    try {
      Element root = SafeXml.parse(Files.readAllBytes(bpmn.resolve(FILE))).getDocumentElement();
      List<String> outputs = new ArrayList<>();
      for (Element output : elements(root, "output")) {
        outputs.add(output.getAttribute("name"));
      }
      List<String> inputs =
          elements(root, "inputExpression").stream()
              .map(input -> input.getTextContent().strip())
              .toList();
      Map<String, List<String>> keys = new TreeMap<>();
      Map<String, Set<String>> things = new TreeMap<>();
      Map<String, Set<String>> events = new TreeMap<>();
      Map<String, String> titles = new TreeMap<>();
      Set<String> ageless = new HashSet<>();
      for (Element rule : elements(root, "rule")) {
        String signal = entry(rule, outputs.indexOf("signal"));
        String key = entry(rule, outputs.indexOf("key"));
        boolean isAgeless = entry(rule, outputs.indexOf("worthTellingFor")).equals("always");
        for (String name : names(signal, segments)) {
          add(eventsOf(rule, inputs.indexOf("event.name")), name, events);
          titles.putIfAbsent(name, title(rule));
          things.computeIfAbsent(name, each -> new TreeSet<>()).addAll(things(rule, inputs, key));
          List<String> known = keys.computeIfAbsent(name, each -> new ArrayList<>());
          if (!known.contains(key)) {
            known.add(key);
          }
          if (isAgeless) {
            ageless.add(name);
          }
        }
      }
      // A table that decides nothing says nothing of the flows; the check of tables tells of it.
      events.values().removeIf(Set::isEmpty);
      return new SignalNames(!keys.isEmpty(), keys, things, ageless, events, titles);
    } catch (IOException | SAXException e) {
      // The check of tables says what is wrong with it.
      return new SignalNames(false, Map.of(), Map.of(), Set.of(), Map.of(), Map.of());
    }
  }

  /** By what a signal is correlated; nothing where there is no such signal. */
  List<String> keys(String signal) {
    return keys.getOrDefault(signal, List.of());
  }

  /** Whether the signal is about such a thing: what began by it has the thing's id. */
  boolean brings(String signal, String thing) {
    return things.getOrDefault(signal, Set.of()).contains(thing);
  }

  /** One rule that goes by no event makes it any. */
  private static void add(Set<String> found, String signal, Map<String, Set<String>> events) {
    Set<String> known = events.get(signal);
    if (known == null) {
      events.put(signal, new TreeSet<>(found));
    } else if (found.isEmpty()) {
      known.clear();
    } else if (!known.isEmpty()) {
      known.addAll(found);
    }
  }

  /** What is there whenever the row holds; what fits {@code not("ordered")} need have no cart. */
  private static Set<String> things(Element rule, List<String> inputs, String key) {
    Set<String> things = new TreeSet<>(List.of(key));
    List<Element> entries = elements(rule, "inputEntry");
    for (int i = 0; i < Math.min(inputs.size(), entries.size()); i++) {
      Matcher thing = THING.matcher(inputs.get(i));
      String test = entries.get(i).getTextContent();
      if (thing.lookingAt() && (TEXTS.matcher(test).matches() || NUMBERS.matcher(test).matches())) {
        things.add(thing.group(1));
      }
    }
    return things;
  }

  private static Set<String> eventsOf(Element rule, int column) {
    List<Element> entries = elements(rule, "inputEntry");
    Set<String> events = new TreeSet<>();
    String test =
        column < 0 || column >= entries.size() ? "" : entries.get(column).getTextContent();
    if (TEXTS.matcher(test).matches()) {
      Matcher event = EVENT.matcher(test);
      while (event.find()) {
        events.add(event.group(1));
      }
    }
    return events;
  }

  private static String title(Element rule) {
    return elements(rule, "description").stream()
        .findFirst()
        .map(description -> description.getTextContent().split(":", 2)[0])
        .map(title -> title.replaceAll("\\s+\\([^)]*\\)?$", "").strip())
        .orElse("");
  }

  private static List<String> names(String signal, Collection<Segment> segments) {
    return signal.endsWith(ANY)
        ? segments.stream().map(segment -> signal.replace(ANY, segment.id())).toList()
        : List.of(signal);
  }

  private static String entry(Element rule, int column) {
    List<Element> entries = elements(rule, "outputEntry");
    return column < 0 || column >= entries.size()
        ? ""
        : entries.get(column).getTextContent().strip().replace("\"", "");
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS(DMN, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
