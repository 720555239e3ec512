package io.ripen.app.imports;

import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.PhoneNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes persons of rows. */
final class ReadContact {

  private static final int LONGEST_USER_ID = 255;

  private final Columns columns;
  private final int width;
  private final @Nullable String country;
  private final ContactIds ids;

  /**
   * @param width how many columns the header has
   * @param country whose phone numbers are written without a country's code
   */
  ReadContact(Columns columns, int width, @Nullable String country, ContactIds ids) {
    this.columns = columns;
    this.width = width;
    this.country = country;
    this.ids = ids;
  }

  Contact of(List<String> cells) {
    if (cells.stream().skip(width).anyMatch(cell -> !cell.isBlank())) {
      return new Contact.Refused(
          "it has %d cells (expected: %d, as the first line; a cell with the delimiter in it stands in quotation marks)"
              .formatted(cells.size(), width));
    }
    Map<String, String> told = told(cells);
    String userId = told.remove(Columns.USER_ID);
    if (userId != null && userId.length() > LONGEST_USER_ID) {
      return new Contact.Refused(
          "the user id has %d characters (expected: at most %d)"
              .formatted(userId.length(), LONGEST_USER_ID));
    }
    Instant consentedAt = null;
    String date = told.remove(Columns.CONSENTED_AT);
    if (date != null) {
      consentedAt = instant(date);
      if (consentedAt == null) {
        return new Contact.Refused(
            "'%s' is no time of a consent (expected: such as 2026-03-29 or 2026-03-29T12:30:00Z)"
                .formatted(date));
      }
    }
    String email = told.get(Columns.EMAIL);
    if (email != null && !EmailAddress.isPossible(email)) {
      return new Contact.Refused("'%s' is no e-mail address".formatted(email));
    }
    String phone = told.get(Columns.PHONE);
    if (phone != null) {
      Optional<String> number = PhoneNumber.e164(phone, country);
      if (number.isEmpty()) {
        return new Contact.Refused(noNumber(phone));
      }
      phone = number.get();
      told.put(Columns.PHONE, phone);
    }
    if (email == null && phone == null) {
      return new Contact.Refused("it has neither an e-mail address nor a phone number");
    }
    String id = email != null ? ids.ofEmail(email) : ids.ofPhone(String.valueOf(phone));
    return new Contact.Person(id, userId, told, consentedAt);
  }

  /** What is empty is not told, and so takes nothing away that is known. */
  private Map<String, String> told(List<String> cells) {
    Map<String, String> told = new LinkedHashMap<>();
    columns
        .fields()
        .forEach(
            (field, column) -> {
              String cell = column < cells.size() ? cells.get(column).strip() : "";
              if (!cell.isEmpty()) {
                told.put(field, cell);
              }
            });
    return told;
  }

  private String noNumber(String phone) {
    return country == null
        ? "'%s' is no international phone number (expected: one with + and the country's code, or --country)"
            .formatted(phone)
        : "'%s' is no phone number, neither of %s nor an international one"
            .formatted(phone, country);
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
