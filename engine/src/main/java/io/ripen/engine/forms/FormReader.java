package io.ripen.engine.forms;

import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Submit;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a form that Camunda Modeler wrote; made anew for each. Names all problems, not the first.
 */
final class FormReader {

  static final String TYPES =
      "text, textfield, textarea, number, select, radio, checkbox, checklist, group, separator, button";

  /** The button's property that names the file which the form is about. */
  static final String MAGNET = "magnet";

  private static final int VERSION_DIGITS = 12;

  private final Predicate<String> hasMagnet;
  private final List<FormProblem> problems = new ArrayList<>();
  private final FieldReader fields = new FieldReader(this::problem);
  private final Set<String> keys = new HashSet<>();
  private @Nullable String title;
  private @Nullable Submit submit;

  private FormReader(Predicate<String> hasMagnet) {
    this.hasMagnet = hasMagnet;
  }

  /**
   * Reads one.
   *
   * @param hasMagnet whether a flow that hands out files has one of this name
   * @throws InvalidForm when it cannot be served
   */
  static LeadForm read(String name, byte[] content, Predicate<String> hasMagnet)
      throws InvalidForm {
    var reader = new FormReader(hasMagnet);
    List<Part> parts = reader.parts(content);
    Submit submit = reader.submit;
    if (submit != null) {
      reader.checkTexts(new LeadForm(name, "", "", parts, submit));
    }
    if (!reader.problems.isEmpty() || submit == null) {
      throw new InvalidForm(reader.problems);
    }
    String title = reader.title == null ? name : reader.title;
    return new LeadForm(name, version(content), title, parts, submit);
  }

  private void checkTexts(LeadForm form) {
    if (form.isForTexts() && form.field(LeadForm.PHONE).isEmpty()) {
      problem(
          "",
          "it asks for consent to text messages, and for no number",
          "add a text field with the key phone");
    }
  }

  private List<Part> parts(byte[] content) {
    try {
      JsonNode form = JsonMapper.shared().readTree(content);
      if (!form.path("components").isArray()) {
        problem("", "it has no components", "draw it as a form in Camunda Modeler");
        return List.of();
      }
      List<Part> parts = rows(form.path("components").values());
      if (submit == null) {
        problem("", "it has no button that sends it", "add a button with the action Submit");
      }
      return parts;
    } catch (JacksonException e) {
      problem("", "it is no JSON: " + e.getOriginalMessage(), "save it in Camunda Modeler");
      return List.of();
    }
  }

  /** Neighbours of the same row stand side by side. */
  private List<Part> rows(Collection<JsonNode> components) {
    Map<String, List<Part>> rows = new LinkedHashMap<>();
    int alone = 0;
    for (JsonNode component : components) {
      Part part = part(component);
      if (part instanceof Submit button) {
        submit(button, component);
      } else if (part != null) {
        String row = component.path("layout").path("row").asString("");
        rows.computeIfAbsent(row.isEmpty() ? " " + alone++ : row, any -> new ArrayList<>())
            .add(part);
      }
    }
    return rows.values().stream()
        .map(row -> row.size() == 1 ? row.getFirst() : new Part.Row(List.copyOf(row)))
        .toList();
  }

  private void submit(Submit button, JsonNode component) {
    if (submit != null) {
      problem(id(component), "it is a second button", "leave one button, the one that sends");
    }
    submit = button;
  }

  private @Nullable Part part(JsonNode component) {
    if (!component.path("conditional").path("hide").asString("").isBlank()) {
      problem(
          id(component),
          "it is hidden by a condition",
          "take the condition away: forms on sites have none");
    }
    return switch (component.path("type").asString("")) {
      case "text" -> text(component);
      case "separator" -> new Part.Separator();
      case "group" -> group(component);
      case "button" -> button(component);
      default -> field(component);
    };
  }

  private Part text(JsonNode component) {
    String text = plain(component, "text");
    title = title == null ? Markup.heading(text) : title;
    return new Part.Text(Markup.html(text));
  }

  private Part group(JsonNode component) {
    if (!component.path("path").asString("").isBlank()) {
      problem(
          id(component), "the group has a path", "take the path away: fields go by their own keys");
    }
    return new Part.Group(plain(component, "label"), rows(component.path("components").values()));
  }

  private @Nullable Part button(JsonNode component) {
    if (component.path("action").asString("submit").equals("reset")) {
      problem(
          id(component), "it is a button that clears the form", "take it away, or let it submit");
      return null;
    }
    Map<String, String> properties = properties(component);
    String event = properties.remove("event");
    String thanks = properties.remove("thanks");
    String label = plain(component, "label");
    if (label.isBlank()) {
      problem(id(component), "the button has no label", "say what it does");
    }
    if (event == null && !properties.isEmpty()) {
      problem(
          id(component),
          "it has the properties %s, and no event that would carry them"
              .formatted(properties.keySet()),
          "add the property event, such as Lead Magnet Requested");
    }
    String magnet = properties.get(MAGNET);
    if (magnet != null && !hasMagnet.test(magnet)) {
      problem(
          id(component),
          "no flow that hands out files has the file " + magnet,
          "put it into the folder files of the flow whose messages have links.download, or correct the"
              + " name");
    }
    return new Submit(label, event, properties, thanks);
  }

  private @Nullable Field field(JsonNode component) {
    Field field = fields.read(component, properties(component));
    if (field != null && !keys.add(field.key())) {
      problem(id(component), "another field has the key " + field.key(), "give each its own");
    }
    return field;
  }

  private static Map<String, String> properties(JsonNode component) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (component.path("properties") instanceof ObjectNode told) {
      told.properties()
          .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asString("").strip()));
    }
    return properties;
  }

  private String plain(JsonNode component, String property) {
    return fields.plain(component, property);
  }

  private void problem(String component, String problem, String fix) {
    problems.add(new FormProblem(component, problem, fix));
  }

  static String id(JsonNode component) {
    return component.path("id").asString("");
  }

  private static String version(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
