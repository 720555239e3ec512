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
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The signals that {@code signals.dmn} can raise, and by what each is correlated.
 *
 * @param known whether the table could be read and has any
 * @param keys by the signal's name, one or more of {@code cart}, {@code order}, {@code lead}
 * @param ageless those that are told however long ago the event was
 */
record SignalNames(boolean known, Map<String, List<String>> keys, Set<String> ageless) {

  /** The table's name, directly in the folder with the flows. */
  static final String FILE = "signals.dmn";

  private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

  /** What stands for the id of a segment at the end of a signal's name. */
  private static final String ANY = "*";

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
      Map<String, List<String>> keys = new TreeMap<>();
      Set<String> ageless = new HashSet<>();
      for (Element rule : elements(root, "rule")) {
        String signal = entry(rule, outputs.indexOf("signal"));
        String key = entry(rule, outputs.indexOf("key"));
        boolean isAgeless = entry(rule, outputs.indexOf("worthTellingFor")).equals("always");
        for (String name : names(signal, segments)) {
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
      return new SignalNames(!keys.isEmpty(), keys, ageless);
    } catch (IOException | SAXException e) {
      // The check of tables says what is wrong with it.
      return new SignalNames(false, Map.of(), Set.of());
    }
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
