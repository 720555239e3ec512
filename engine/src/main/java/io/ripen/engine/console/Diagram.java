package io.ripen.engine.console;

import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a flow's BPMN says of its elements, in its order.
 *
 * @param steps by id; sequence flows, messages and the like are none
 * @param passages the ids of gateways without a name
 * @param forms the ids of the forms that tasks for people show, by the task's id
 * @param takesBack whether it has a way for a lead that is given back
 */
record Diagram(
    Map<String, String> steps, Set<String> passages, Map<String, String> forms, boolean takesBack) {

  /** The variable by which it goes that way. */
  static final String GIVEN_BACK = "givenBack";

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

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
    Set<String> passages = new HashSet<>();
    Map<String, String> forms = new HashMap<>();
    String step = null;
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(bpmn));
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamReader.START_ELEMENT) {
          continue;
        }
        String form = form(reader);
        if (form != null && step != null) {
          forms.put(step, form);
        }
        if (BPMN.equals(reader.getNamespaceURI()) && isStep(reader.getLocalName())) {
          String id = reader.getAttributeValue(null, "id");
          step = id;
          String name = reader.getAttributeValue(null, "name");
          if (id != null) {
            steps.put(id, name(name, reader.getLocalName()));
            if ((name == null || name.isBlank()) && reader.getLocalName().endsWith("Gateway")) {
              passages.add(id);
            }
          }
        }
      }
    } catch (XMLStreamException e) {
      return new Diagram(Map.of(), Set.of(), Map.of(), false);
    }
    return new Diagram(steps, passages, forms, bpmn.contains(GIVEN_BACK));
  }

  private static @Nullable String form(XMLStreamReader reader) {
    return ZEEBE.equals(reader.getNamespaceURI()) && reader.getLocalName().equals("formDefinition")
        ? reader.getAttributeValue(null, "formId")
        : null;
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
