package io.ripen.engine.leadads;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Sorts what was filled in by what it says: about the person, or anything else. */
final class Fields {

  /** By the names that platforms give them, without case, underscores and blanks. */
  private static final Map<String, String> TRAITS =
      Map.ofEntries(
          Map.entry("email", "email"),
          Map.entry("emailaddress", "email"),
          Map.entry("workemail", "email"),
          Map.entry("phone", "phone"),
          Map.entry("phonenumber", "phone"),
          Map.entry("workphone", "phone"),
          Map.entry("workphonenumber", "phone"),
          Map.entry("firstname", "firstName"),
          Map.entry("lastname", "lastName"),
          Map.entry("fullname", "name"),
          Map.entry("name", "name"),
          Map.entry("city", "city"),
          Map.entry("country", "country"),
          Map.entry("postalcode", "postalCode"),
          Map.entry("zipcode", "postalCode"),
          Map.entry("companyname", "company"),
          Map.entry("company", "company"),
          Map.entry("jobtitle", "jobTitle"));

  private static final Set<String> EMPTY = Set.of("", "null");

  private final Map<String, String> traits = new LinkedHashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();

  void add(String name, String value) {
    if (EMPTY.contains(value.strip())) {
      return;
    }
    String trait = TRAITS.get(name.toLowerCase(Locale.ROOT).replaceAll("[_ -]", ""));
    if (trait == null) {
      properties.put(name, value.strip());
    } else {
      traits.putIfAbsent(trait, value.strip());
    }
  }

  Told told(String id, String form, boolean tickedAll) {
    return new Told(id, form, tickedAll, traits, properties);
  }
}
