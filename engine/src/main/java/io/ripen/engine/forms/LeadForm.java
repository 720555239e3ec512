package io.ripen.engine.forms;

import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Submit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A form as it is served, in one language.
 *
 * @param name the same in all languages
 * @param version tells this content of the file from any other
 * @param title its first heading
 * @param parts without the button
 */
record LeadForm(String name, String version, String title, List<Part> parts, Submit submit) {

  List<Field> fields() {
    return parts.stream().flatMap(Part::fields).toList();
  }

  /** The number that texts go to. */
  static final String PHONE = "phone";

  /** Whether something in the form allows texts. */
  boolean isForTexts() {
    return fields().stream().anyMatch(LeadForm::isForTexts);
  }

  /** Whether a consent to texts is ticked. */
  boolean asksForTexts(Set<String> filled) {
    return fields().stream().anyMatch(field -> isForTexts(field) && filled.contains(field.key()));
  }

  private static boolean isForTexts(Field field) {
    return field.consent() != null && field.consent().isForTexts();
  }

  Optional<Field> field(String key) {
    return fields().stream().filter(field -> field.key().equals(key)).findFirst();
  }
}
