package io.ripen.engine.consents;

import io.ripen.engine.events.Event;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.TouchRef;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants to get, as they say on a page that a link in a message leads to. They can end
 * everything there, and begin only what comes by the way that the link came: that they have it in
 * hand is shown by the link.
 */
@Component
@Profile("engine")
class Preferences {

  private final PreferencesJdbc preferences;
  private final ConsentsJdbc consents;
  private final SuppressionsJdbc suppressions;
  private final EventOutbox outbox;
  private final Clock clock;

  Preferences(
      PreferencesJdbc preferences,
      ConsentsJdbc consents,
      SuppressionsJdbc suppressions,
      EventOutbox outbox,
      Clock clock) {
    this.preferences = preferences;
    this.consents = consents;
    this.suppressions = suppressions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * One thing to get or not.
   *
   * @param changeable whether it can be changed here
   */
  record Topic(String channel, String purpose, boolean granted, boolean changeable) {

    public String value() {
      return channel + "." + purpose;
    }

    /** The key of its words. */
    public String words() {
      return "what.%s.%s".formatted(purpose, channel);
    }
  }

  /**
   * What somebody wants.
   *
   * @param topics the values of those that they want
   * @param pause for how long they want nothing; zero to go on, null to leave it as it is
   * @param language null to leave it as it is
   * @param zone null to leave it as it is
   */
  record Wanted(
      Set<String> topics,
      @Nullable Period pause,
      @Nullable String language,
      @Nullable String zone) {}

  List<Topic> topics(TouchRef touch) {
    return preferences.topics(touch);
  }

  /** Until when they want nothing, if they do. */
  @Nullable Instant pausedUntil(UUID leadId) {
    return preferences
        .pausedUntil(leadId)
        .filter(until -> until.isAfter(clock.instant()))
        .orElse(null);
  }

  /** The language and time zone that we know of. */
  PreferencesJdbc.Place place(UUID leadId) {
    return preferences.place(leadId);
  }

  /**
   * Makes it so, all of it or nothing.
   *
   * @param proof how we know
   */
  @Transactional
  public void change(TouchRef touch, Wanted wanted, Unsubscribe.Proof proof) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (Topic topic : topics(touch)) {
      boolean wants = wanted.topics().contains(topic.value());
      if (topic.changeable() && wants != topic.granted()) {
        change(touch, topic, wants, proof, after(touch, topic, now));
      }
    }
    Period pause = wanted.pause();
    if (pause != null) {
      preferences.pause(
          touch.leadId(), pause.isZero() ? null : now.atOffset(ZoneOffset.UTC).plus(pause));
    }
    ObjectNode traits = news(touch.leadId(), wanted);
    if (!traits.isEmpty()) {
      outbox.put(told(touch, now, traits));
    }
  }

  /** Only what is another one: a locale knows more than its language, such as the country. */
  private ObjectNode news(UUID leadId, Wanted wanted) {
    PreferencesJdbc.Place known = place(leadId);
    ObjectNode traits = JsonNodeFactory.instance.objectNode();
    if (wanted.language() != null && !wanted.language().equals(known.language())) {
      traits.put("locale", wanted.language());
    }
    if (wanted.zone() != null && !wanted.zone().equals(known.zone())) {
      traits.put("timezone", wanted.zone());
    }
    return traits;
  }

  /** The new word comes after the last, even where that was told by a clock ahead of ours. */
  private Instant after(TouchRef touch, Topic topic, Instant now) {
    return consents
        .newest(touch.leadId(), topic.channel(), topic.purpose())
        .map(last -> last.at().plus(1, ChronoUnit.MICROS))
        .filter(after -> after.isAfter(now))
        .orElse(now);
  }

  private void change(
      TouchRef touch, Topic topic, boolean wants, Unsubscribe.Proof proof, Instant now) {
    consents.record(
        List.of(
            new ConsentChange(
                touch.leadId(), topic.channel(), topic.purpose(), wants, now, proof.json(touch))));
    if (!wants) {
      suppressions.suppressAddressOf(touch.leadId(), topic.channel(), topic.purpose(), now);
    }
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("channel", topic.channel());
    properties.put("purpose", topic.purpose());
    properties.put("wording", proof.wording());
    // The lead may be another's by now, with another address.
    properties.put("touch", Long.toString(touch.touch()));
    outbox.put(
        Event.ofOurs(
            "preferences-%d-%s-%d".formatted(touch.touch(), topic.value(), now.toEpochMilli()),
            wants ? "Consent Granted" : "Consent Withdrawn",
            touch.leadId(),
            now,
            properties,
            JsonNodeFactory.instance.objectNode()));
  }

  private static Event told(TouchRef touch, Instant now, ObjectNode traits) {
    return new Event(
        "preferences-%d-place-%d".formatted(touch.touch(), now.toEpochMilli()),
        "identify",
        "",
        null,
        null,
        null,
        null,
        touch.leadId(),
        now,
        now,
        "default",
        JsonNodeFactory.instance.objectNode(),
        traits,
        JsonNodeFactory.instance.objectNode());
  }
}
