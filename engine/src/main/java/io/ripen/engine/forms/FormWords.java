package io.ripen.engine.forms;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What our forms say by themselves, in the languages that we speak. */
final class FormWords {

  /** The first is spoken to all others. */
  static final List<String> LANGUAGES = List.of("en", "ru", "hu");

  private static final Map<String, FormWords> BY_LANGUAGE = new LinkedHashMap<>();

  static {
    LANGUAGES.forEach(language -> BY_LANGUAGE.put(language, new FormWords(language)));
  }

  private final String language;
  private final Map<String, String> words = new TreeMap<>();

  private FormWords(String language) {
    this.language = language;
    String file = "/forms/words.%s.properties".formatted(language);
    try (InputStream in = FormWords.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /**
   * The words of a language, or English ones.
   *
   * @param tags such as {@code hu-HU} or a whole {@code Accept-Language} header; may be null
   */
  static FormWords in(@Nullable String tags) {
    String language = LANGUAGES.getFirst();
    try {
      if (tags != null && !tags.isBlank()) {
        Locale spoken =
            Locale.lookup(
                Locale.LanguageRange.parse(tags.replace('_', '-')),
                LANGUAGES.stream().map(Locale::forLanguageTag).toList());
        language = spoken == null ? language : spoken.getLanguage();
      }
    } catch (IllegalArgumentException e) {
      // Who asks for no language is spoken to in English.
    }
    return Objects.requireNonNull(BY_LANGUAGE.get(language));
  }

  String language() {
    return language;
  }

  /** One of them, with the values in place of {@code {0}}, {@code {1}}. */
  String say(String key, Object... values) {
    String text = words.get(key);
    if (text == null) {
      throw new IllegalArgumentException("there is no word '%s' in %s".formatted(key, language));
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** All of them as they are. */
  Map<String, String> all() {
    return words;
  }

  /** Some of them as they are. */
  Map<String, String> only(String... keys) {
    Map<String, String> some = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> some.put(key, say(key)));
    return some;
  }
}
