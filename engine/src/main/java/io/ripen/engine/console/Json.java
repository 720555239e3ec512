package io.ripen.engine.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks into what others sent: any field may be missing or of any kind. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST = 200;

  /** Of what people write; a form's field has no more. */
  private static final int LONGEST_WORDS = 3000;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

  private Json() {}

  static JsonNode parse(@Nullable String json) {
    return MAPPER.readTree(json == null ? "{}" : json);
  }

  /** The first of these fields that holds a text or number; empty where none does. */
  static String text(JsonNode object, String... fields) {
    for (String field : fields) {
      String text = scalar(object.path(field));
      if (!text.isEmpty()) {
        return clip(text);
      }
    }
    return "";
  }

  /** What somebody wrote, which may be long; empty where it is no text. */
  static String words(JsonNode object, String field) {
    return clip(scalar(object.path(field)), LONGEST_WORDS);
  }

  private static String scalar(JsonNode value) {
    return value.isString() || value.isNumber() || value.isBoolean()
        ? value.asString().strip()
        : "";
  }

  static @Nullable BigDecimal number(JsonNode object, String... fields) {
    for (String field : fields) {
      JsonNode value = object.path(field);
      if (value.isNumber()) {
        return value.decimalValue();
      }
      if (value.isString() && NUMBER.matcher(value.asString().strip()).matches()) {
        return new BigDecimal(value.asString().strip());
      }
    }
    return null;
  }

  /** An amount as people write it: {@code 48.00 EUR}; empty without an amount. */
  static String money(@Nullable BigDecimal amount, String currency) {
    if (amount == null || isHuge(amount)) {
      return "";
    }
    String number = amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    return currency.isEmpty() ? number : number + " " + currency;
  }

  /** A number without zeros that say nothing; empty without a number. */
  static String plain(@Nullable BigDecimal number) {
    return number == null || isHuge(number) ? "" : number.stripTrailingZeros().toPlainString();
  }

  /** What would fill pages when written out. */
  private static boolean isHuge(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) > 15 || number.scale() > 15;
  }

  static String clip(String text) {
    return clip(text, LONGEST);
  }

  private static String clip(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
