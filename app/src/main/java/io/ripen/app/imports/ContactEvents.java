package io.ripen.app.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.imports.ImportSettings.Consent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says a row in events: that a lead was imported, with what is told of them, and what they allowed.
 * The same row of the same file gives the same events, down to their ids: the engine counts them
 * once however often they are sent.
 */
final class ContactEvents {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ID_BYTES = 16;

  private final ImportSettings settings;
  private final String origin;

  /**
   * @param origin tells this file, imported in this way, from any other
   */
  ContactEvents(ImportSettings settings, String origin) {
    this.settings = settings;
    this.origin = origin;
  }

  /** What holds for all events: nobody was there, and where the people come from. */
  static ObjectNode context(String source) {
    ObjectNode context = JSON.createObjectNode().put("channel", "import");
    context.putObject("campaign").put("source", source).put("medium", "import");
    return context;
  }

  /** The events, each as JSON. */
  List<String> of(Rows.Row row, Contact.Person person) {
    List<String> events = new ArrayList<>();
    ObjectNode imported = event("Lead Imported", person, null);
    imported.putObject("properties").put("import", settings.fileName()).put("line", row.line());
    ObjectNode traits = imported.putObject("context").putObject("traits");
    person.traits().forEach(traits::put);
    events.add(withId(imported, row));
    for (Consent consent : settings.consents()) {
      ObjectNode granted = event("Consent Granted", person, person.consentedAt());
      granted
          .putObject("properties")
          .put("channel", consent.channel())
          .put("purpose", consent.purpose())
          .put("wording", settings.wording())
          .put("import", settings.fileName());
      events.add(withId(granted, row));
    }
    return events;
  }

  private static ObjectNode event(String name, Contact.Person person, @Nullable Instant at) {
    ObjectNode event =
        JSON.createObjectNode()
            .put("type", "track")
            .put("event", name)
            .put("anonymousId", person.id());
    if (person.userId() != null) {
      event.put("userId", person.userId());
    }
    if (at != null) {
      event.put("timestamp", at.toString());
    }
    return event;
  }

  private String withId(ObjectNode event, Rows.Row row) {
    MessageDigest sha = sha();
    sha.update(origin.getBytes(UTF_8));
    sha.update(Long.toString(row.number()).getBytes(UTF_8));
    byte[] id = Arrays.copyOf(sha.digest(event.toString().getBytes(UTF_8)), ID_BYTES);
    return event
        .put("messageId", "import-" + Base64.getUrlEncoder().withoutPadding().encodeToString(id))
        .toString();
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
