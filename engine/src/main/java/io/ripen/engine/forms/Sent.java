package io.ripen.engine.forms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as it came in: what was filled in, and what our own fields tell of the page.
 *
 * @param values by key, of the form's own fields
 * @param ours by name, such as {@code _token}
 * @param site that the page belongs to
 * @param address the sender's
 * @param userAgent the sender's; may be empty
 */
record Sent(
    Map<String, List<String>> values,
    Map<String, String> ours,
    String site,
    String address,
    String userAgent) {

  static final String TOKEN = "_token";
  static final String LANGUAGE = "_lang";

  /** Of the form that was shown. */
  static final String VERSION = "_version";

  /** Hidden from people; who fills it in is none. */
  static final String TRAP = "_subject";

  static final String URL = "_url";
  static final String TITLE = "_title";
  static final String REFERRER = "_referrer";
  static final String ZONE = "_zone";
  static final String VISITOR = "_visitor";

  private static final int LONGEST = 2_000;

  static Sent of(Map<String, String[]> parameters, String site, String address, String userAgent) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> ours = new LinkedHashMap<>();
    parameters.forEach(
        (key, all) -> {
          if (!key.startsWith(FieldReader.RESERVED)) {
            values.put(key, List.of(all));
          } else if (all.length > 0) {
            ours.put(key, key.equals(TRAP) ? String.join("", all) : all[0]);
          }
        });
    return new Sent(values, ours, site, address, userAgent);
  }

  /** Whether the form that was shown is this one; a site's own client answers for itself. */
  boolean isOf(LeadForm form) {
    String shown = ours(VERSION);
    return shown.isEmpty() || shown.equals(form.version());
  }

  /** What may stand in this form again: a tick beside other words is no consent to its own. */
  Map<String, List<String>> values(LeadForm form) {
    if (isOf(form)) {
      return values;
    }
    Map<String, List<String>> kept = new LinkedHashMap<>(values);
    form.fields().stream()
        .filter(field -> field.consent() != null)
        .forEach(field -> kept.remove(field.key()));
    return kept;
  }

  /** Whether anything at all stands where people leave nothing, however long it is. */
  boolean isTrapped() {
    return !ours.getOrDefault(TRAP, "").isBlank();
  }

  /** One of our own fields; empty where it is not there or cannot be true. */
  String ours(String name) {
    String value = ours.getOrDefault(name, "").strip();
    return value.length() > LONGEST ? "" : value;
  }
}
