package io.ripen.app.imports;

import io.ripen.engine.contacts.EmailAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row says of a person, or why it cannot be taken. */
sealed interface Contact {

  /** A row that cannot be taken. */
  record Refused(String reason) implements Contact {}

  /**
   * A person who can be reached.
   *
   * @param id made from the address: see {@link io.ripen.engine.contacts.ContactIds}
   * @param userId what a site knows the person by, where the file says
   * @param traits what is told, in the order of the columns
   * @param consentedAt when they agreed, where the file says
   */
  record Person(
      String id, @Nullable String userId, Map<String, String> traits, @Nullable Instant consentedAt)
      implements Contact {

    /** Where their e-mail goes; empty where they have no address. */
    String mailDomain() {
      String email = traits.get(Columns.EMAIL);
      return email == null ? "" : EmailAddress.domain(email);
    }
  }
}
