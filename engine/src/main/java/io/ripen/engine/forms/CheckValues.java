package io.ripen.engine.forms;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Input;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what was filled in by the file of the form; what a browser has checked counts nothing. */
final class CheckValues {

  /** Stands for the form as a whole among the errors. */
  static final String WHOLE = "";

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}([.,][0-9]{1,10})?");

  private final MailDomains domains;

  CheckValues(MailDomains domains) {
    this.domains = domains;
  }

  /**
   * Checks all fields.
   *
   * @param told by key, without our own fields
   */
  Checked check(LeadForm form, Map<String, List<String>> told, FormWords words) {
    Map<String, String> errors = new LinkedHashMap<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    told.keySet().stream()
        .filter(key -> form.field(key).isEmpty())
        .findFirst()
        .ifPresent(unknown -> errors.put(WHOLE, words.say("unknown")));
    for (Field field : form.fields()) {
      List<String> filled =
          told.getOrDefault(field.key(), List.of()).stream()
              .map(value -> value.replace("\r\n", "\n").strip())
              .filter(value -> !value.isEmpty())
              .toList();
      error(field, filled, words).ifPresent(error -> errors.put(field.key(), error));
      if (!filled.isEmpty()) {
        values.put(field.key(), filled.stream().map(value -> canonical(field, value)).toList());
      }
    }
    if (form.asksForTexts(values.keySet()) && !errors.containsKey(LeadForm.PHONE)) {
      texts(values.get(LeadForm.PHONE), words)
          .ifPresent(error -> errors.put(LeadForm.PHONE, error));
    }
    return errors.isEmpty() ? new Checked.Good(values) : new Checked.Bad(errors);
  }

  /**
   * What is wrong with a number that texts are to go to: they cost, and some numbers are a trade.
   */
  private static Optional<String> texts(@Nullable List<String> phone, FormWords words) {
    if (phone == null) {
      return Optional.of(words.say("required"));
    }
    return PhoneNumber.takesTexts(phone.getFirst())
        ? Optional.empty()
        : Optional.of(words.say("mobile"));
  }

  private Optional<String> error(Field field, List<String> filled, FormWords words) {
    if (filled.isEmpty()) {
      return field.limits().required() ? Optional.of(words.say(missing(field))) : Optional.empty();
    }
    if (filled.size() > 1 && field.input() != Input.CHECKLIST) {
      return Optional.of(words.say("option"));
    }
    return filled.stream().flatMap(value -> error(field, value, words).stream()).findFirst();
  }

  private static String missing(Field field) {
    return switch (field.input()) {
      case CHECKBOX -> "tick";
      case SELECT, RADIO -> "choose";
      case CHECKLIST -> "chooseSome";
      default -> "required";
    };
  }

  private Optional<String> error(Field field, String value, FormWords words) {
    return Optional.ofNullable(
        switch (field.input()) {
          case SELECT, RADIO, CHECKLIST -> field.offers(value) ? null : words.say("option");
          case CHECKBOX -> value.equals("true") ? null : words.say("option");
          case NUMBER -> number(field.limits(), value, words);
          case EMAIL -> email(field, value, words);
          case PHONE -> phone(field, value, words);
          case TEXT, AREA -> text(field.limits(), value, words);
        });
  }

  private @Nullable String email(Field field, String value, FormWords words) {
    if (!EmailAddress.isPossible(value)) {
      return words.say("email");
    }
    String problem = text(field.limits(), value, words);
    String domain = EmailAddress.domain(value);
    return problem == null && !domains.canReceive(domain) ? words.say("domain", domain) : problem;
  }

  private static @Nullable String phone(Field field, String value, FormWords words) {
    Optional<String> number = PhoneNumber.e164(value, field.country());
    if (number.isEmpty()) {
      return words.say("phone");
    }
    return field.countries().isEmpty() || PhoneNumber.isOf(number.get(), field.countries())
        ? text(field.limits(), value, words)
        : words.say("countries", String.join(", ", field.countries()));
  }

  private static @Nullable String text(Limits limits, String value, FormWords words) {
    if (value.length() < limits.shortest()) {
      return words.say("short", limits.shortest());
    }
    if (value.length() > limits.longest()) {
      return words.say("long", limits.longest());
    }
    return limits.pattern() != null && !limits.pattern().matcher(value).find()
        ? words.say("pattern")
        : null;
  }

  private static @Nullable String number(Limits limits, String value, FormWords words) {
    BigDecimal number = parse(value);
    if (number == null) {
      return words.say("number");
    }
    if (limits.min() != null && number.compareTo(limits.min()) < 0) {
      return words.say("min", limits.min().toPlainString());
    }
    if (limits.max() != null && number.compareTo(limits.max()) > 0) {
      return words.say("max", limits.max().toPlainString());
    }
    return number.stripTrailingZeros().scale() > limits.decimals()
        ? words.say("decimals", limits.decimals())
        : null;
  }

  private static @Nullable BigDecimal parse(String value) {
    return NUMBER.matcher(value).matches() ? new BigDecimal(value.replace(',', '.')) : null;
  }

  private static String canonical(Field field, String value) {
    return switch (field.input()) {
      case PHONE -> PhoneNumber.e164(value, field.country()).orElse(value);
      case NUMBER -> value.replace(',', '.');
      default -> value;
    };
  }
}
