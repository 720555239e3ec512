package io.ripen.engine.flows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a flow needs of whoever starts it for a lead without the signal that it begins with.
 *
 * @param lacking what its waits go by and only its signal tells; empty where it can be started
 * @param isLimited whether it says itself who may enter
 */
record Startable(Set<String> lacking, boolean isLimited) {

  /** What a start gives to a flow. */
  static final String LEAD = "leadId";

  static Startable of(byte[] xml) throws SAXException {
    Element root = SafeXml.parse(xml).getDocumentElement();
    Set<String> lacking = new TreeSet<>();
    NodeList waits = root.getElementsByTagNameNS("*", "subscription");
    for (int i = 0; i < waits.getLength(); i++) {
      lacking.addAll(
          FlowStarts.variables(((Element) waits.item(i)).getAttribute("correlationKey")));
    }
    lacking.remove(LEAD);
    boolean isLimited = false;
    NodeList jobs = root.getElementsByTagNameNS("*", "taskDefinition");
    for (int i = 0; i < jobs.getLength(); i++) {
      isLimited |= ((Element) jobs.item(i)).getAttribute("type").equals(StepRule.ENTER_FLOW);
    }
    return new Startable(lacking, isLimited);
  }

  /** Empty for what is no XML. */
  static Optional<Startable> of(String xml) {
    try {
      return Optional.of(of(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (SAXException e) {
      return Optional.empty();
    }
  }
}
