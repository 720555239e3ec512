package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.forms.Part.Field;
import io.ripen.engine.forms.Part.Input;
import java.math.BigDecimal;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says a form that was sent in events: that it was, with who sent it; what they allowed and
 * answered; and what they asked for, last, so that a flow that starts by it knows all the rest. The
 * same form sent twice gives the same events, down to their ids.
 */
final class FormEvents {

  private static final Set<String> TRAITS = Set.of("email", "phone", "firstName", "lastName");
  private static final int ID_BYTES = 16;
  private static final int LONGEST_VISITOR = 100;

  private final EventJson json;

  FormEvents(EventJson json) {
    this.json = json;
  }

  /**
   * The events, in the order in which they have to come.
   *
   * @param values what was filled in, checked
   * @throws InvalidEvent when an event would be out of bounds
   */
  List<Event> of(LeadForm form, Sent sent, Map<String, List<String>> values, Instant now)
      throws InvalidEvent {
    var submission = new Submission(form, sent, values, id(form, sent, values), now);
    List<Event> events = new ArrayList<>();
    events.add(submission.event("", "Form Submitted", submission.properties()));
    for (Field field : form.fields()) {
      String value = values.getOrDefault(field.key(), List.of("")).getFirst();
      if (!value.isEmpty()) {
        submission.add(events, field, value);
      }
    }
    if (form.submit().event() != null) {
      ObjectNode properties = submission.form();
      form.submit().properties().forEach(properties::put);
      events.add(submission.event("-event", form.submit().event(), properties));
    }
    return events;
  }

  /** What the person did, once and all the same, however often the button was pressed. */
  private static String id(LeadForm form, Sent sent, Map<String, List<String>> values) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(form.name().getBytes(UTF_8));
      sha.update(sent.ours(Sent.TOKEN).getBytes(UTF_8));
      sha.update(new TreeMap<>(values).toString().getBytes(UTF_8));
      byte[] id = Arrays.copyOf(sha.digest(), ID_BYTES);
      return "form-" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** One form that was sent. */
  private final class Submission {

    private final LeadForm form;
    private final Sent sent;
    private final Map<String, List<String>> values;
    private final String id;
    private final Arrival arrival;

    Submission(LeadForm form, Sent sent, Map<String, List<String>> values, String id, Instant now) {
      this.form = form;
      this.sent = sent;
      this.values = values;
      this.id = id;
      this.arrival = new Arrival.AtDoor(sent.site(), now.truncatedTo(ChronoUnit.MILLIS), null);
    }

    Event event(String part, String name, ObjectNode properties) throws InvalidEvent {
      String visitor = sent.ours(Sent.VISITOR);
      boolean isKnown = !visitor.isEmpty() && visitor.length() <= LONGEST_VISITOR;
      ObjectNode message =
          JsonMapper.shared()
              .createObjectNode()
              .put("type", "track")
              .put("event", name)
              .put("messageId", id + part)
              .put("anonymousId", isKnown ? visitor : id);
      message.set("properties", properties);
      message.set("context", context(part.isEmpty()));
      return json.read(message, "", arrival);
    }

    /** Which form it was. */
    ObjectNode form() {
      return JsonMapper.shared()
          .createObjectNode()
          .put("form", form.name())
          .put("version", form.version());
    }

    ObjectNode properties() {
      ObjectNode properties = form();
      for (Field field : form.fields()) {
        List<String> filled = values.get(field.key());
        if (filled == null || TRAITS.contains(field.key()) || field.consent() != null) {
          continue;
        }
        switch (field.input()) {
          case CHECKBOX -> properties.put(field.key(), true);
          case NUMBER -> properties.put(field.key(), new BigDecimal(filled.getFirst()));
          case CHECKLIST -> {
            ArrayNode list = properties.putArray(field.key());
            filled.forEach(list::add);
          }
          default -> properties.put(field.key(), filled.getFirst());
        }
      }
      return properties;
    }

    /** What a field says beside its value. */
    void add(List<Event> events, Field field, String value) throws InvalidEvent {
      Consent consent = field.consent();
      if (consent != null) {
        ObjectNode properties =
            form()
                .put("channel", consent.channel())
                .put("purpose", consent.purpose())
                .put("wording", field.label());
        events.add(event("-consent-" + field.key(), consent.event(), properties));
      } else if (field.key().startsWith(FieldReader.QUESTION) && field.input() != Input.CHECKLIST) {
        String question = field.key().substring(FieldReader.QUESTION.length());
        ObjectNode properties = form().put("question", question).put("answer", value);
        events.add(event("-question-" + question, "Question Answered", properties));
      }
    }

    private ObjectNode context(boolean withTraits) {
      ObjectNode context = JsonMapper.shared().createObjectNode();
      if (withTraits) {
        ObjectNode traits = context.putObject("traits");
        values.forEach(
            (key, filled) -> {
              if (TRAITS.contains(key)) {
                traits.put(key, filled.getFirst());
              }
            });
      }
      ObjectNode page = context.putObject("page");
      put(page, "url", sent.ours(Sent.URL));
      put(page, "path", path(sent.ours(Sent.URL)));
      put(page, "title", sent.ours(Sent.TITLE));
      put(page, "referrer", sent.ours(Sent.REFERRER));
      put(context, "locale", sent.ours(Sent.LANGUAGE));
      put(context, "timezone", sent.ours(Sent.ZONE));
      put(context, "userAgent", sent.userAgent());
      put(context, "ip", sent.address());
      return context;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
      if (value != null && !value.isEmpty()) {
        node.put(name, value);
      }
    }

    private static @Nullable String path(String url) {
      try {
        return URI.create(url).getPath();
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }
}
