package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms that tasks for people may show, by their ids. */
final class FormIds {

  private static final String PLATFORM = "Camunda Cloud";

  private FormIds() {}

  /** The ids of the forms among these files, and the variables that each sets. */
  static Map<String, Set<String>> read(Collection<Path> files) {
    Map<String, Set<String>> forms = new TreeMap<>();
    for (Path file : files) {
      if (FlowCheck.isForm(file)) {
        JsonNode form = form(file);
        String id = form.path("id").asString("");
        if (!id.isBlank()) {
          addVariables(form, forms.computeIfAbsent(id, any -> new TreeSet<>()));
        }
      }
    }
    return forms;
  }

  /** Whether a form can be read, so that its id and what it asks are known. */
  static boolean isReadable(Path file) {
    return read(file).isPresent();
  }

  private static JsonNode form(Path file) {
    return read(file).orElseGet(JsonMapper.shared()::createObjectNode);
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(JsonMapper.shared().readTree(Files.readAllBytes(file)))
          .filter(JsonNode::isObject);
    } catch (IOException | JacksonException e) {
      // The check of the form itself says what is wrong with it.
      return Optional.empty();
    }
  }

  /** Of a field its key; of a group the path that the keys in it are below of. */
  private static void addVariables(JsonNode part, Set<String> variables) {
    for (JsonNode inner : part.path("components")) {
      for (String name : List.of("key", "path")) {
        String root = inner.path(name).asString("").split("\\.", -1)[0];
        if (!root.isBlank()) {
          variables.add(root);
        }
      }
      addVariables(inner, variables);
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
