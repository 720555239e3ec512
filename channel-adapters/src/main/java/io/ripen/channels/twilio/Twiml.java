package io.ripen.channels.twilio;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What Twilio does when it hears our answer, as XML. The SDK would need another XML parser. */
final class Twiml {

  /** It answers nothing. */
  static final String NOTHING = write("");

  private Twiml() {}

  /**
   * It answers with a text.
   *
   * @throws IllegalArgumentException when the text holds what XML cannot
   */
  static String saying(String text) {
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
      throw new IllegalArgumentException(
          "the answer to HELP has control characters (expected: letters, punctuation, new lines)");
    }
    return write(text);
  }

  private static String write(String text) {
    StringWriter xml = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(xml);
      writer.writeStartDocument("UTF-8", "1.0");
      if (text.isEmpty()) {
        writer.writeEmptyElement("Response");
      } else {
        writer.writeStartElement("Response");
        writer.writeStartElement("Message");
        writer.writeStartElement("Body");
        writer.writeCharacters(text);
      }
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string can always be written", e);
    }
    return xml.toString();
  }
}
