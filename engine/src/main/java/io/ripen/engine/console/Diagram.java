package io.ripen.engine.console;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a flow's BPMN says of its elements, in its order.
 *
 * @param steps by id; sequence flows, messages and the like are none
 */
record Diagram(Map<String, String> steps) {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  /** The name of the element, as the diagram has it; what it is, where it has none. */
  String name(String elementId) {
    return steps.getOrDefault(elementId, elementId);
  }

  /** Reads the BPMN; empty for what is no XML. */
  static Diagram of(String bpmn) {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, String> steps = new LinkedHashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(bpmn));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && BPMN.equals(reader.getNamespaceURI())
            && isStep(reader.getLocalName())) {
          String id = reader.getAttributeValue(null, "id");
          if (id != null) {
            steps.put(id, name(reader.getAttributeValue(null, "name"), reader.getLocalName()));
          }
        }
      }
    } catch (XMLStreamException e) {
      return new Diagram(Map.of());
    }
    return new Diagram(steps);
  }

  private static boolean isStep(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.endsWith("task")
        || lower.endsWith("event")
        || lower.endsWith("gateway")
        || lower.endsWith("subprocess")
        || lower.equals("callactivity");
  }

  private static String name(@Nullable String name, String type) {
    return name == null || name.isBlank()
        ? Words.human(type.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT))
        : name.replaceAll("\\s+", " ").strip();
  }
}
