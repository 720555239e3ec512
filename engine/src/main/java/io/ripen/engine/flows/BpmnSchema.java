package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Holds a file against the BPMN schema and tells each breach once, in words for people. */
final class BpmnSchema {

  /** The validator speaks the language of the machine, where nobody asks it for English. */
  private static final String LANGUAGE = "http://apache.org/xml/properties/locale";

  private static final Schema SCHEMA = load();

  private BpmnSchema() {}

  /**
   * Reports what is wrong.
   *
   * @param xml well-formed XML
   * @return whether nothing is, so that it can be read as BPMN
   */
  static boolean check(byte[] xml, Report report) {
    try {
      XmlElements elements = new XmlElements(SafeXml.reader());
      Breaches breaches = new Breaches(elements);
      Validator validator = SCHEMA.newValidator();
      validator.setProperty(LANGUAGE, Locale.ENGLISH);
      validator.setErrorHandler(breaches);
      validator.validate(new SAXSource(elements, new InputSource(new ByteArrayInputStream(xml))));
      elements.dangling().forEach(breaches::addDangling);
      breaches.tell(report);
      return breaches.isEmpty();
    } catch (SAXException e) {
      throw new IllegalArgumentException("not XML (expected: XML that was parsed before)", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema load() {
    try {
      return SchemaFactory.newDefaultInstance()
          .newSchema(
              Objects.requireNonNull(Bpmn.class.getResource("/BPMN20.xsd"), "the BPMN schema"));
    } catch (SAXException e) {
      throw new IllegalStateException("the BPMN schema of Zeebe's model cannot be read", e);
    }
  }
}
