package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.forms.Part.Field;
import java.util.List;

/** Forms as Camunda Modeler writes them. */
final class Drawn {

  static final String EMAIL =
      """
      {"type": "textfield", "id": "field_email", "key": "email", "label": "E-mail",
       "validate": {"required": true, "validationType": "email"}}""";

  static final String PHONE =
      """
      {"type": "textfield", "id": "field_phone", "key": "phone", "label": "Mobile",
       "properties": {"country": "HU", "countries": "hu, SK"}}""";

  static final String TEXTS =
      """
      {"type": "checkbox", "id": "field_texts", "key": "texts", "label": "Yes, text me offers",
       "properties": {"consent": "marketing", "channel": "sms", "doubleOptIn": "true"}}""";

  static final String BUTTON =
      """
      {"type": "button", "id": "button_send", "label": "Send", "action": "submit"}""";

  private Drawn() {}

  /** A form of these components. */
  static byte[] file(String... components) {
    return """
    {"type": "default", "id": "test", "schemaVersion": 17,
     "executionPlatform": "Camunda Cloud", "executionPlatformVersion": "8.6.0",
     "components": [%s]}"""
        .formatted(String.join(",", components))
        .getBytes(UTF_8);
  }

  static LeadForm form(String... components) {
    try {
      return FormReader.read("test", file(components), "tea-guide"::equals);
    } catch (InvalidForm e) {
      throw new AssertionError(e);
    }
  }

  /** A form of a button and one field. */
  static Field field(String component) {
    return form(component, BUTTON).fields().getFirst();
  }

  /** What is wrong with a form. */
  static List<FormProblem> problems(String... components) {
    try {
      FormReader.read("test", file(components), "tea-guide"::equals);
      return List.of();
    } catch (InvalidForm e) {
      return e.problems();
    }
  }
}
