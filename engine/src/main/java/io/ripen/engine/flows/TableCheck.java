package io.ripen.engine.flows;

import java.io.ByteArrayInputStream;
import org.camunda.dmn.DmnEngine;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Looks over a DMN table. */
final class TableCheck {

  private final DmnEngine engine = new DmnEngine.Builder().build();

  void check(byte[] dmn, Report report) {
    try {
      Document document = SafeXml.parse(dmn);
      if (document.getElementsByTagNameNS("*", "decision").getLength() == 0) {
        report.error("", "dmn", "it decides nothing", "draw a decision in it");
        return;
      }
      var parsed = engine.parse(new ByteArrayInputStream(dmn));
      if (parsed.isLeft()) {
        report.error(
            "",
            "dmn",
            "it is no DMN that runs: " + parsed.swap().toOption().get().message(),
            "correct it in Camunda Modeler");
      }
    } catch (SAXException e) {
      report.error(
          SafeXml.where(e),
          "xml",
          "it is no XML: " + e.getMessage(),
          "correct it, or draw it again");
    }
  }
}
