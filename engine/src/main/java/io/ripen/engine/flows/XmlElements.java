package io.ripen.engine.flows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.LocatorImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/** Knows which element is being read, and what refers to what, while XML goes through it. */
final class XmlElements extends XMLFilterImpl {

  private static final Set<String> REFERENCES =
      Set.of(
          "sourceRef",
          "targetRef",
          "default",
          "attachedToRef",
          "messageRef",
          "errorRef",
          "signalRef",
          "escalationRef");
  private static final Set<String> ENDS_OF_ARROWS = Set.of("incoming", "outgoing");

  /**
   * @param from the element that refers, in words
   * @param by the attribute or element that says it
   */
  record Reference(String from, String by, String to, int line) {}

  private final Set<String> ids = new HashSet<>();
  private final List<Reference> references = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private int line;
  private Locator locator = new LocatorImpl();

  XmlElements(XMLReader reader) {
    super(reader);
  }

  /** The element that is being read, in words: {@code endEvent endEvent_bought}. */
  String current() {
    return open.isEmpty() ? "the file" : open.element();
  }

  /** The element around it. */
  String around() {
    return open.stream().skip(1).findFirst().orElse("the file");
  }

  /** What refers to elements that are not there; complete when all has been read. */
  List<Reference> dangling() {
    return references.stream().filter(reference -> !ids.contains(reference.to())).toList();
  }

  @Override
  public void setDocumentLocator(Locator newLocator) {
    locator = newLocator;
    super.setDocumentLocator(newLocator);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    line = locator.getLineNumber();
    String id = attributes.getValue("id");
    open.push(id == null ? name : name + " " + id);
    if (id != null) {
      ids.add(id);
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      if (REFERENCES.contains(attributes.getQName(i))) {
        refer(current(), attributes.getQName(i), attributes.getValue(i));
      }
    }
    text.setLength(0);
    super.startElement(uri, name, qualified, attributes);
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    text.append(characters, start, length);
    super.characters(characters, start, length);
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    if (ENDS_OF_ARROWS.contains(name)) {
      refer(around(), name, text.toString().strip());
    }
    super.endElement(uri, name, qualified);
    open.pop();
  }

  /** A name may have a prefix, which says nothing within one file. */
  private void refer(String from, String by, String to) {
    references.add(new Reference(from, by, to.substring(to.indexOf(':') + 1), line));
  }
}
