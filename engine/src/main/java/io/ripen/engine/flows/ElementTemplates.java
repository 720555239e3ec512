package io.ripen.engine.flows;

import io.ripen.engine.flows.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The palette of Camunda Modeler: {@code .camunda/element-templates/*.json}. */
final class ElementTemplates {

  static final String FOLDER = ".camunda/element-templates";

  private static final String SCHEMA = "/@camunda/zeebe-element-templates-json-schema/";

  private final Map<String, TreeSet<Integer>> versions = new HashMap<>();
  private final Map<String, List<TemplateField>> fields = new HashMap<>();
  private final Set<String> jobTypes = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private ElementTemplates() {}

  static ElementTemplates read(Path bpmn) {
    ElementTemplates templates = new ElementTemplates();
    Path folder = bpmn.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return templates;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .forEach(file -> templates.add(file, FOLDER + "/" + file.getFileName()));
    } catch (IOException e) {
      templates.error(FOLDER, "", "it cannot be read", "see that it may be read");
    }
    return templates;
  }

  boolean has(String id) {
    return versions.containsKey(id);
  }

  boolean has(String id, @Nullable String version) {
    return version != null
        && versions.getOrDefault(id, new TreeSet<>()).stream()
            .anyMatch(known -> known.toString().equals(version));
  }

  int newest(String id) {
    return versions.getOrDefault(id, new TreeSet<>(Set.of(0))).last();
  }

  /** The fields of a version of a template that become headers or variables. */
  List<TemplateField> fields(String id, @Nullable String version) {
    return fields.getOrDefault(id + " " + version, List.of());
  }

  /** The job types that a task from one of the templates can have. */
  Set<String> jobTypes() {
    return jobTypes;
  }

  List<Finding> findings() {
    return findings;
  }

  private void add(Path file, String shown) {
    try {
      JsonNode json = JsonMapper.shared().readTree(file);
      for (JsonNode template : json.isArray() ? json : List.of(json)) {
        add(template, shown);
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      error(shown, "line " + line, "it is no JSON: " + e.getOriginalMessage(), "correct it");
    }
  }

  private void add(JsonNode template, String file) {
    String id = template.path("id").asString("");
    if (id.isEmpty()) {
      error(file, "", "it has no id", "give it one, for example io.ripen.wait");
      return;
    }
    if (!template.path("$schema").asString("").contains(SCHEMA)) {
      error(file, id, "its $schema is not the one of Camunda 8", "copy it from another template");
    }
    if (template.path("name").asString("").isBlank()) {
      error(file, id, "it has no name", "give it one that a marketer would say");
    }
    if (!template.path("version").isInt()) {
      error(file, id, "it has no version", "give it the version 1");
    } else if (!versions
        .computeIfAbsent(id, any -> new TreeSet<>())
        .add(template.path("version").intValue())) {
      error(file, id, "another file has this id and version too", "raise the version");
    }
    if (template.path("appliesTo").isEmpty()) {
      error(file, id, "it applies to nothing", "name a BPMN type in appliesTo");
    }
    addProperties(template, id, file);
  }

  private void addProperties(JsonNode template, String id, String file) {
    String version = template.path("version").asString("");
    for (JsonNode property : template.path("properties")) {
      TemplateField.of(property, ChoiceList.of(id, property.path("id").asString("")).isPresent())
          .ifPresent(
              field ->
                  fields.computeIfAbsent(id + " " + version, any -> new ArrayList<>()).add(field));
      String binding = property.path("binding").path("type").asString("");
      if (binding.isEmpty()) {
        String label = property.path("label").asString("?");
        error(file, id, "the property " + label + " is bound to nothing", "give it a binding");
      }
      boolean type =
          binding.equals("zeebe:taskDefinition:type")
              || property.path("binding").path("property").asString("").equals("type");
      if (type && binding.startsWith("zeebe:taskDefinition")) {
        jobTypes.add(property.path("value").asString(""));
        property.path("choices").forEach(choice -> jobTypes.add(choice.path("value").asString("")));
      }
    }
  }

  private void error(String file, String where, String problem, String fix) {
    findings.add(new Finding(Severity.ERROR, file, where, "template", problem, fix));
  }
}
