package io.ripen.engine.console;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a diagram calls its elements. */
final class ElementNames {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  private ElementNames() {}

  /** Names by id; without those that have none, and empty for what is no XML. */
  static Map<String, String> in(String xml) {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, String> names = new HashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && BPMN.equals(reader.getNamespaceURI())) {
          String id = reader.getAttributeValue(null, "id");
          String name = reader.getAttributeValue(null, "name");
          if (id != null && name != null && !name.isBlank()) {
            names.put(id, name.replaceAll("\\s+", " ").strip());
          }
        }
      }
    } catch (XMLStreamException e) {
      return Map.of();
    }
    return names;
  }
}
