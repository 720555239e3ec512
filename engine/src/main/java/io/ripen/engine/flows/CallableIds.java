package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What steps of flows may ask for by its id.
 *
 * @param flows by their ids, what each needs of who starts it
 * @param decisions the ids of decisions in tables that Zeebe has
 */
record CallableIds(Map<String, Startable> flows, Set<String> decisions) {

  /** All in these files; one that cannot be read has none. */
  static CallableIds in(Collection<Path> files) {
    CallableIds found = new CallableIds(new TreeMap<>(), new TreeSet<>());
    for (Path file : files) {
      if (FlowCheck.isFlow(file)) {
        found.addFlows(file);
      } else if (FlowCheck.isTable(file)) {
        found.decisions.addAll(ids(file, "decision"));
      }
    }
    return found;
  }

  private void addFlows(Path file) {
    try {
      byte[] xml = Files.readAllBytes(file);
      Startable start = Startable.of(xml);
      ids(xml, "process").forEach(id -> flows.put(id, start));
    } catch (IOException | SAXException e) {
      // The check of the file itself says what is wrong with it.
    }
  }

  private static Set<String> ids(Path file, String element) {
    try {
      return ids(Files.readAllBytes(file), element);
    } catch (IOException e) {
      // The check of the file itself says what is wrong with it.
      return Set.of();
    }
  }

  /** The ids of the decisions in a table. */
  static Set<String> decisions(byte[] dmn) {
    return ids(dmn, "decision");
  }

  private static Set<String> ids(byte[] xml, String element) {
    Set<String> ids = new TreeSet<>();
    try {
      NodeList nodes = SafeXml.parse(xml).getElementsByTagNameNS("*", element);
      for (int i = 0; i < nodes.getLength(); i++) {
        ids.add(((Element) nodes.item(i)).getAttribute("id"));
      }
    } catch (SAXException e) {
      // The check of the file itself says what is wrong with it.
    }
    return ids;
  }
}
