package io.ripen.app.imports;

import io.ripen.app.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which column tells what.
 *
 * @param fields what is told, and the place of the column that tells it
 * @param unused the names of columns that tell nothing
 */
record Columns(Map<String, Integer> fields, List<String> unused) {

  static final String EMAIL = "email";
  static final String PHONE = "phone";
  static final String USER_ID = "userId";
  static final String CONSENTED_AT = "consentedAt";

  /** How columns are called that need no {@code --map}, without all but letters and digits. */
  private static final Map<String, List<String>> USUAL =
      Map.ofEntries(
          Map.entry(
              EMAIL,
              List.of(
                  "email",
                  "mail",
                  "emailaddress",
                  "mailaddress",
                  "emailadresse",
                  "mailadresse",
                  "workemail",
                  "элпочта",
                  "почта",
                  "электроннаяпочта",
                  "emailcím",
                  "emailcim")),
          Map.entry(
              PHONE,
              List.of(
                  "phone",
                  "phonenumber",
                  "telephone",
                  "tel",
                  "mobile",
                  "mobilephone",
                  "cell",
                  "telefon",
                  "telefonnummer",
                  "handy",
                  "mobil",
                  "rufnummer",
                  "телефон",
                  "мобильный",
                  "telefonszám",
                  "telefonszam")),
          Map.entry(
              "firstName",
              List.of(
                  "firstname",
                  "givenname",
                  "forename",
                  "vorname",
                  "имя",
                  "keresztnév",
                  "keresztnev",
                  "utónév",
                  "utonev")),
          Map.entry(
              "lastName",
              List.of(
                  "lastname",
                  "surname",
                  "familyname",
                  "nachname",
                  "familienname",
                  "фамилия",
                  "vezetéknév",
                  "vezeteknev")),
          Map.entry("name", List.of("name", "fullname", "contactname", "фио", "név", "nev")),
          Map.entry(
              "company",
              List.of(
                  "company",
                  "companyname",
                  "organization",
                  "organisation",
                  "firma",
                  "unternehmen",
                  "компания",
                  "cég",
                  "ceg")),
          Map.entry("title", List.of("jobtitle", "position", "должность", "beosztás", "beosztas")),
          Map.entry("city", List.of("city", "town", "stadt", "ort", "город", "város", "varos")),
          Map.entry("country", List.of("country", "land", "страна", "ország", "orszag")),
          Map.entry("locale", List.of("locale", "language", "lang", "sprache", "язык", "nyelv")),
          Map.entry("timezone", List.of("timezone", "tz", "zeitzone")),
          Map.entry(USER_ID, List.of("userid")),
          Map.entry(CONSENTED_AT, List.of("consentedat", "consentdate", "optindate")));

  /** One wish of {@code --map}. */
  record Wish(String column, String field) {

    /**
     * Reads {@code E-Mail=email,Vorname=firstName}.
     *
     * @throws Failure when it is something else
     */
    static List<Wish> parse(String text) {
      List<Wish> wishes = new ArrayList<>();
      for (String pair : text.split(",", -1)) {
        int equals = pair.lastIndexOf('=');
        String column = equals < 0 ? "" : pair.substring(0, equals).strip();
        String field = pair.substring(equals + 1).strip();
        if (column.isEmpty() || field.isEmpty()) {
          throw new Failure(
              "--map: '%s' cannot be read (expected: a column and what it tells, as \"E-Mail=email\")"
                  .formatted(pair));
        }
        wishes.add(new Wish(column, field));
      }
      return wishes;
    }
  }

  /**
   * Finds out what the columns tell: what is wished, and what is called as usual.
   *
   * @throws Failure when a wish names no column, or there is neither an address nor a number
   */
  static Columns of(List<String> header, List<Wish> wishes) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    List<String> unused = new ArrayList<>(header);
    for (Wish wish : wishes) {
      int column = place(header, wish.column());
      if (fields.putIfAbsent(wish.field(), column) != null) {
        throw new Failure("--map: two columns tell %s (expected: one)".formatted(wish.field()));
      }
      unused.remove(header.get(column));
    }
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      String field = unused.contains(name) ? usual(name) : "";
      if (!field.isEmpty() && fields.putIfAbsent(field, column) == null) {
        unused.remove(name);
      }
    }
    if (!fields.containsKey(EMAIL) && !fields.containsKey(PHONE)) {
      throw new Failure(
          "no column is known to hold e-mail addresses or phone numbers; there are: %s (expected: --map \"COLUMN=email\")"
              .formatted(String.join(", ", header)));
    }
    unused.removeIf(String::isEmpty);
    return new Columns(fields, unused);
  }

  /** In words: {@code E-Mail → email}. */
  List<String> describe(List<String> header) {
    return fields.entrySet().stream()
        .map(field -> header.get(field.getValue()) + " → " + field.getKey())
        .toList();
  }

  /** Always the same for the same columns. */
  String key() {
    return new TreeMap<>(fields).toString();
  }

  private static int place(List<String> header, String name) {
    int exactly = header.indexOf(name);
    if (exactly >= 0) {
      return exactly;
    }
    for (int column = 0; column < header.size(); column++) {
      if (header.get(column).equalsIgnoreCase(name)) {
        return column;
      }
    }
    throw new Failure(
        "--map: there is no column '%s' (expected: one of %s)"
            .formatted(name, String.join(", ", header)));
  }

  private static String usual(String column) {
    String plain = column.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    for (Map.Entry<String, List<String>> usual : USUAL.entrySet()) {
      if (usual.getValue().contains(plain)) {
        return usual.getKey();
      }
    }
    return "";
  }
}
