package io.ripen.engine.forms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing on a form. */
sealed interface Part {

  /** For the template, which cannot ask for a type. */
  String kind();

  /** The fields in it, in their order. */
  default Stream<Field> fields() {
    return Stream.empty();
  }

  /** An explanation; the HTML is made of Markdown and safe. */
  record Text(String html) implements Part {
    @Override
    public String kind() {
      return "words";
    }
  }

  /** A line. */
  record Separator() implements Part {
    @Override
    public String kind() {
      return "separator";
    }
  }

  /** Parts that stand side by side where there is room. */
  record Row(List<Part> parts) implements Part {
    @Override
    public String kind() {
      return "row";
    }

    @Override
    public Stream<Field> fields() {
      return parts.stream().flatMap(Part::fields);
    }
  }

  /** Parts that belong together. */
  record Group(String label, List<Part> parts) implements Part {
    @Override
    public String kind() {
      return "group";
    }

    @Override
    public Stream<Field> fields() {
      return parts.stream().flatMap(Part::fields);
    }
  }

  /**
   * Something to fill in.
   *
   * @param initial what stands in it at first; may be empty
   * @param country whose phone numbers may be written without a country's code
   * @param countries whose phone numbers are taken; all where it is empty
   */
  record Field(
      String key,
      Input input,
      String label,
      String description,
      Limits limits,
      List<Option> options,
      String initial,
      @Nullable String country,
      Set<String> countries,
      @Nullable Consent consent)
      implements Part {

    @Override
    public String kind() {
      return input.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Stream<Field> fields() {
      return Stream.of(this);
    }

    boolean offers(String value) {
      return options.stream().anyMatch(option -> option.value().equals(value));
    }
  }

  /** What can be chosen. */
  record Option(String label, String value) {}

  /** How something is filled in. */
  enum Input {
    TEXT,
    EMAIL,
    PHONE,
    AREA,
    NUMBER,
    SELECT,
    RADIO,
    CHECKBOX,
    CHECKLIST
  }

  /**
   * The button.
   *
   * @param event what else happens when the form is sent, such as {@code Lead Magnet Requested}
   * @param properties of that event
   * @param thanks what is said then
   */
  record Submit(
      String label, @Nullable String event, Map<String, String> properties, @Nullable String thanks)
      implements Part {
    @Override
    public String kind() {
      return "submit";
    }
  }
}
