package io.ripen.engine.forms;

import static io.ripen.engine.forms.FormReader.id;

import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Input;
import io.ripen.engine.forms.Part.Option;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of a form. */
final class FieldReader {

  /** Fields that answer a question are called so, and the question's name. */
  static final String QUESTION = "question.";

  /** What begins so is ours. */
  static final String RESERVED = "_";

  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");
  private static final Pattern QUESTION_KEY =
      Pattern.compile("question\\.[A-Za-z][A-Za-z0-9]{0,39}");
  private static final String EMAIL = "email";

  private final Problems problems;
  private final ConsentReader consents;

  /** Is told of what is wrong. */
  interface Problems {
    void add(String component, String problem, String fix);
  }

  FieldReader(Problems problems) {
    this.problems = problems;
    this.consents = new ConsentReader(problems);
  }

  /** The field; null where it cannot be one, which has been said then. */
  @Nullable Field read(JsonNode component, Map<String, String> properties) {
    String key = component.path("key").asString("");
    Input input = input(component, key);
    if (input == null) {
      problems.add(
          id(component),
          "it is a %s, which forms on sites do not have"
              .formatted(component.path("type").asString("")),
          "use one of " + FormReader.TYPES);
      return null;
    }
    checkKey(component, key);
    String label = plain(component, "label");
    if (label.isBlank()) {
      problems.add(id(component), "it has no label", "write one: screen readers read it out");
    }
    if (component.path("disabled").asBoolean(false)) {
      problems.add(id(component), "it is disabled", "enable it, or take it away");
    }
    checkProperties(component, input, properties.keySet());
    String initial = component.path("defaultValue").asString("");
    return new Field(
        key,
        input,
        label,
        plain(component, "description"),
        limits(component, input),
        options(component, input),
        initial,
        country(component, properties),
        countries(component, properties),
        consents.read(component, input, properties, initial));
  }

  private static @Nullable Input input(JsonNode component, String key) {
    return switch (component.path("type").asString("")) {
      case "textfield" -> {
        String type = component.path("validate").path("validationType").asString("");
        yield type.equals(EMAIL) || key.equals(EMAIL)
            ? Input.EMAIL
            : type.equals("phone") || key.equals("phone") ? Input.PHONE : Input.TEXT;
      }
      case "textarea" -> Input.AREA;
      case "number" -> Input.NUMBER;
      case "select" -> Input.SELECT;
      case "radio" -> Input.RADIO;
      case "checkbox" -> Input.CHECKBOX;
      case "checklist" -> Input.CHECKLIST;
      default -> null;
    };
  }

  private void checkKey(JsonNode component, String key) {
    boolean isKey =
        key.startsWith(QUESTION) ? QUESTION_KEY.matcher(key).matches() : KEY.matcher(key).matches();
    if (!isKey) {
      problems.add(
          id(component),
          "its key is '%s'".formatted(key),
          "write letters and digits, such as company; question.topic for an answer that flows know");
    }
  }

  private Limits limits(JsonNode component, Input input) {
    JsonNode validate = component.path("validate");
    int longest = input == Input.AREA ? Limits.LONGEST_TEXT : Limits.LONGEST_LINE;
    return new Limits(
        validate.path("required").asBoolean(false),
        validate.path("minLength").asInt(0),
        Math.min(validate.path("maxLength").asInt(longest), longest),
        pattern(component, validate.path("pattern").asString("")),
        number(validate.path("min")),
        number(validate.path("max")),
        component.path("decimalDigits").asInt(input == Input.NUMBER ? 10 : 0));
  }

  private com.google.re2j.@Nullable Pattern pattern(JsonNode component, String pattern) {
    try {
      return pattern.isBlank() ? null : com.google.re2j.Pattern.compile(pattern);
    } catch (com.google.re2j.PatternSyntaxException e) {
      boolean isElsewhere = isPatternElsewhere(pattern);
      problems.add(
          id(component),
          "its pattern %s %s: %s in %s"
              .formatted(
                  pattern,
                  isElsewhere ? "is not taken here" : "is none",
                  e.getDescription(),
                  e.getPattern()),
          isElsewhere
              ? "write it without looking ahead or behind, such as (?=…) and (?<!…), and without"
                  + " references back, such as \\1: somebody could keep the server busy with those"
              : "correct the regular expression");
      return null;
    }
  }

  /** Whether it would be a regular expression where nobody has to fear what strangers fill in. */
  private static boolean isPatternElsewhere(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static @Nullable BigDecimal number(JsonNode node) {
    try {
      return node.isNumber() || node.isString() ? new BigDecimal(node.asString()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private List<Option> options(JsonNode component, Input input) {
    List<Option> options = new ArrayList<>();
    if (input != Input.SELECT && input != Input.RADIO && input != Input.CHECKLIST) {
      return options;
    }
    for (JsonNode value : component.path("values").values()) {
      options.add(new Option(value.path("label").asString(""), value.path("value").asString("")));
    }
    if (options.isEmpty() || options.stream().anyMatch(option -> option.value().isBlank())) {
      problems.add(
          id(component),
          "it has no options, or one without a value",
          "write them as static options");
    }
    return options;
  }

  /** Whose numbers are taken; all where the form does not say. */
  private Set<String> countries(JsonNode component, Map<String, String> properties) {
    Set<String> countries = new LinkedHashSet<>();
    for (String told : properties.getOrDefault("countries", "").split("[,\\s]+", -1)) {
      String country = told.toUpperCase(Locale.ROOT);
      if (!country.isEmpty() && countries.add(country) && !PhoneNumber.isCountry(country)) {
        problems.add(
            id(component),
            "one of its countries is " + told,
            "write two letters each, such as HU, SK");
      }
    }
    return countries;
  }

  private @Nullable String country(JsonNode component, Map<String, String> properties) {
    String country = properties.get("country");
    if (country != null && !PhoneNumber.isCountry(country.toUpperCase(Locale.ROOT))) {
      problems.add(id(component), "its country is " + country, "write two letters, such as DE");
    }
    return country == null ? null : country.toUpperCase(Locale.ROOT);
  }

  /** A word that nobody reads is a slip of the pen, and may have meant a consent. */
  private void checkProperties(JsonNode component, Input input, Set<String> told) {
    Set<String> known = new TreeSet<>();
    if (input == Input.PHONE) {
      known.addAll(Set.of("country", "countries"));
    }
    if (input == Input.CHECKBOX || told.contains(ConsentReader.CONSENT)) {
      known.addAll(ConsentReader.PROPERTIES);
    }
    String fix =
        known.isEmpty()
            ? "take it away"
            : "take it away, or use one of " + String.join(", ", known);
    for (String property : told) {
      if (!known.contains(property)) {
        problems.add(
            id(component), "nothing reads its custom property %s".formatted(property), fix);
      }
    }
  }

  /** A text as it is; nobody evaluates expressions here, and they would be shown as they stand. */
  String plain(JsonNode component, String property) {
    String text = component.path(property).asString("");
    if (text.startsWith("=") || text.contains("{{")) {
      problems.add(
          id(component), "its %s is an expression".formatted(property), "write the text itself");
    }
    return text;
  }
}
