package io.ripen.engine.forms;

import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Submit;
import java.util.List;
import java.util.Optional;

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

  Optional<Field> field(String key) {
    return fields().stream().filter(field -> field.key().equals(key)).findFirst();
  }
}
