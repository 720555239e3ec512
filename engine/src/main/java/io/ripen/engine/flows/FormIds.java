package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms that tasks for people may show, by their ids. */
final class FormIds {

  private static final String PLATFORM = "Camunda Cloud";

  private FormIds() {}

  /** The ids of the forms among these files. */
  static Set<String> read(Collection<Path> files) {
    Set<String> ids = new TreeSet<>();
    files.stream().filter(FlowCheck::isForm).map(FormIds::id).forEach(ids::add);
    return ids;
  }

  private static String id(Path form) {
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(form)).path("id").asString("");
    } catch (IOException | JacksonException e) {
      // The check of the form itself says what is wrong with it.
      return "";
    }
  }

  /** What keeps Zeebe from taking a form, or its id from being found. */
  static void check(byte[] content, Report report) {
    try {
      JsonNode form = JsonMapper.shared().readTree(content);
      if (form.path("id").asString("").isBlank()) {
        report.error("", "form", "it has no id", "give it one in Camunda Modeler");
      }
      if (!form.path("executionPlatform").asString("").equals(PLATFORM)) {
        report.error("", "form", "it is not made for Camunda 8", "make it as a form for Camunda 8");
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      report.error(
          "line " + line, "form", "it is no JSON: " + e.getOriginalMessage(), "correct it");
    }
  }
}
