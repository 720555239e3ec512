package io.ripen.engine.forms;

import io.ripen.engine.forms.Part.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import tools.jackson.databind.json.JsonMapper;

/** Draws forms: as pages of our own, and as a script for pages of others. */
final class FormPages {

  /** What the script says itself, without asking the server. */
  private static final String[] OF_SCRIPT = {
    "required",
    "tick",
    "choose",
    "email",
    "number",
    "min",
    "max",
    "short",
    "check",
    "sending",
    "failed"
  };

  private final ITemplateEngine templates;
  private final FormsFolder forms;
  private final String script = resource("embed.js");
  private final String style = resource("form.css");

  /** What was written of each form, until one of its files changes. */
  private final Map<String, Written> scripts = new ConcurrentHashMap<>();

  private record Written(List<String> versions, Script script) {}

  /**
   * A script that puts a form on a page.
   *
   * @param digest tells it from any other
   */
  record Script(String text, String digest) {

    static Script of(String text) {
      return new Script(text, DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  FormPages(ITemplateEngine templates, FormsFolder forms) {
    this.templates = templates;
    this.forms = forms;
  }

  /**
   * What a page shows.
   *
   * @param token of this showing
   * @param sent what was filled in before; empty at first
   * @param errors by key; of the form as a whole by no key
   */
  record Shown(
      String token, Map<String, List<String>> sent, Map<String, String> errors, String url) {}

  String page(LeadForm form, FormWords words, Shown shown) {
    Context context = context(form, words, shown.sent(), shown.errors());
    context.setVariable("token", shown.token());
    context.setVariable("url", shown.url());
    return templates.process("forms/page", context);
  }

  String thanks(LeadForm form, FormWords words, String text) {
    Context context = context(form, words, Map.of(), Map.of());
    context.setVariable("thanks", text);
    return templates.process("forms/page", context);
  }

  /** The script that puts the form on a page, in all languages that we speak. */
  Script script(String name) {
    Map<String, LeadForm> inLanguages = new LinkedHashMap<>();
    for (String language : FormWords.LANGUAGES) {
      forms.find(name, language).ifPresent(form -> inLanguages.put(language, form));
    }
    List<String> versions = inLanguages.values().stream().map(LeadForm::version).toList();
    Written written = scripts.get(name);
    if (written == null || !written.versions().equals(versions)) {
      written = new Written(versions, Script.of(write(name, inLanguages)));
      scripts.put(name, written);
    }
    return written.script();
  }

  private String write(String name, Map<String, LeadForm> inLanguages) {
    Map<String, Object> languages = new LinkedHashMap<>();
    inLanguages.forEach(
        (language, form) -> {
          FormWords words = FormWords.in(language);
          String html = templates.process("forms/fields", context(form, words, Map.of(), Map.of()));
          // One space stays: between words of a text it is seen.
          languages.put(
              language,
              Map.of(
                  "html", html.replaceAll(">\\s+<", "> <").strip(),
                  "words", words.only(OF_SCRIPT)));
        });
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("style", style);
    content.put("languages", languages);
    return script.replace("'FORM'", JsonMapper.shared().writeValueAsString(content));
  }

  private Context context(
      LeadForm form, FormWords words, Map<String, List<String>> sent, Map<String, String> errors) {
    var context = new Context(Locale.forLanguageTag(words.language()));
    context.setVariable("form", form);
    context.setVariable("say", words.all());
    context.setVariable("look", new Look(sent, errors));
    context.setVariable("style", style);
    return context;
  }

  private static String resource(String name) {
    try (InputStream in = FormPages.class.getResourceAsStream("/forms/" + name)) {
      if (in == null) {
        throw new IllegalStateException("/forms/" + name + " is not on the class path");
      }
      // Comments and indentation are for those who read it here.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the template asks of a field. */
  static final class Look {

    private static final Map<String, String> FILLED_BY_BROWSER =
        Map.of(
            "firstName", "given-name",
            "lastName", "family-name",
            "name", "name",
            "company", "organization",
            "city", "address-level2",
            "postcode", "postal-code");

    private final Map<String, List<String>> sent;
    private final Map<String, String> errors;

    Look(Map<String, List<String>> sent, Map<String, String> errors) {
      this.sent = sent;
      this.errors = errors;
    }

    public String value(Part.Field field) {
      List<String> told = sent.get(field.key());
      return told == null || told.isEmpty()
          ? sent.isEmpty() ? field.initial() : ""
          : told.getFirst();
    }

    public boolean chosen(Part.Field field, String value) {
      return sent.isEmpty()
          ? field.initial().equals(value)
          : sent.getOrDefault(field.key(), List.of()).contains(value);
    }

    public @Nullable String error(String key) {
      return errors.get(key);
    }

    public @Nullable String describedBy(Part.Field field) {
      String help = field.description().isBlank() ? "" : "help-" + field.key() + " ";
      return help + "error-" + field.key();
    }

    public @Nullable String autocomplete(Part.Field field) {
      return switch (field.input()) {
        case EMAIL -> "email";
        case PHONE -> "tel";
        default -> FILLED_BY_BROWSER.get(field.key());
      };
    }

    public String type(Part.Field field) {
      return switch (field.input()) {
        case EMAIL -> "email";
        case PHONE -> "tel";
        default -> "text";
      };
    }

    /** A consent that may be left out says so itself. */
    public boolean saysOptional(Part.Field field) {
      return !field.limits().required()
          && field.consent() == null
          && field.input() != Input.CHECKBOX;
    }
  }
}
