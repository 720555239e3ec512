package io.ripen.engine.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with element templates, and those of its drop-downs that list what lies in the folder.
 *
 * @param text the whole file
 */
record TemplateFile(Path file, String text, List<DropDown> dropDowns) {

  /**
   * The choices of a drop-down, and where in the text they stand.
   *
   * @param label of the field
   * @param from where the list begins
   * @param to behind its end
   */
  record DropDown(String label, ChoiceList list, List<Choice> choices, int from, int to) {}

  /** Without drop-downs where it cannot be understood: the check of templates says why. */
  static TemplateFile read(Path file) throws IOException {
    String text = Files.readString(file);
    List<DropDown> found = new ArrayList<>();
    try {
      JsonNode json = JsonMapper.shared().readTree(text);
      Map<String, int[]> spans = spans(text);
      if (json.isArray()) {
        for (int i = 0; i < json.size(); i++) {
          add(json.path(i), "/" + i, spans, found);
        }
      } else {
        add(json, "", spans, found);
      }
    } catch (JacksonException e) {
      found.clear();
    }
    return new TemplateFile(file, text, List.copyOf(found));
  }

  private static void add(
      JsonNode template, String place, Map<String, int[]> spans, List<DropDown> found) {
    JsonNode properties = template.path("properties");
    for (int i = 0; i < properties.size(); i++) {
      JsonNode property = properties.path(i);
      int[] span = spans.get("%s/properties/%d/choices".formatted(place, i));
      if (span != null && property.path("type").asString("").equals("Dropdown")) {
        ChoiceList.of(template.path("id").asString(""), property.path("id").asString(""))
            .ifPresent(
                list ->
                    found.add(
                        new DropDown(
                            property.path("label").asString(""),
                            list,
                            choices(property),
                            span[0],
                            span[1])));
      }
    }
  }

  private static List<Choice> choices(JsonNode property) {
    return property.path("choices").values().stream()
        .map(each -> new Choice(each.path("name").asString(""), each.path("value").asString("")))
        .toList();
  }

  /** Where all lists of choices begin and end, by their JSON pointers. */
  private static Map<String, int[]> spans(String text) {
    Map<String, int[]> spans = new HashMap<>();
    try (JsonParser parser = JsonMapper.shared().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          String pointer = parser.streamReadContext().pathAsPointer().toString();
          if (pointer.endsWith("/choices")) {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            spans.put(pointer, new int[] {from, (int) parser.currentLocation().getCharOffset()});
          }
        }
      }
    }
    return spans;
  }

  /** The text with these choices, where they are known; every other character stays as it is. */
  String with(Function<ChoiceList, Optional<List<Choice>>> there) {
    StringBuilder changed = new StringBuilder(text);
    dropDowns.stream()
        .sorted(Comparator.comparingInt(DropDown::from).reversed())
        .forEach(
            each ->
                there
                    .apply(each.list())
                    // What says the same may be laid out as somebody likes it.
                    .filter(choices -> !choices.equals(each.choices()))
                    .ifPresent(
                        choices ->
                            changed.replace(
                                each.from(), each.to(), written(choices, indent(each.from())))));
    return changed.toString();
  }

  /** Puts a text into the file's place; who dies meanwhile leaves the one or the other. */
  void write(String changed) throws IOException {
    // A link stays one.
    Path real = file.toRealPath();
    // Camunda Modeler reads whatever ends with .json.
    Path half =
        Files.createTempFile(
            Objects.requireNonNull(real.getParent()), real.getFileName() + ".", ".half");
    try {
      Files.writeString(half, changed);
      keepPermissions(real, half);
      Files.move(half, real, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (view != null) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }

  /** A line's end, and as much space as the line of this place begins with. */
  private String indent(int place) {
    int line = text.lastIndexOf('\n', place) + 1;
    int end = line;
    while (text.charAt(end) == ' ' || text.charAt(end) == '\t') {
      end++;
    }
    return (text.contains("\r\n") ? "\r\n" : "\n") + text.substring(line, end);
  }

  private static String written(List<Choice> choices, String indent) {
    return choices.isEmpty()
        ? "[]"
        : choices.stream()
            .map(
                choice ->
                    "%1$s  {%1$s    \"name\": %2$s,%1$s    \"value\": %3$s%1$s  }"
                        .formatted(indent, json(choice.name()), json(choice.value())))
            .collect(Collectors.joining(",", "[", indent + "]"));
  }

  private static String json(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
