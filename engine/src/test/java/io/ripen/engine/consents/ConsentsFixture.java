package io.ripen.engine.consents;

import io.ripen.engine.events.Event;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.privacy.PrivacyFixture;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consents on real PostgreSQL, for tests of other packages. */
public final class ConsentsFixture {

  private ConsentsFixture() {}

  public static Consents consents(JdbcTemplate jdbc) {
    return new ConsentsJdbc(jdbc, PrivacyFixture.HASH);
  }

  /** What is told when somebody wants only this one thing, on the page behind a message. */
  public static List<Event> prefers(JdbcTemplate jdbc, TouchRef touch, String topic, Clock clock) {
    List<Event> events = new ArrayList<>();
    new Preferences(
            new PreferencesJdbc(JdbcClient.create(jdbc)),
            new ConsentsJdbc(jdbc, PrivacyFixture.HASH),
            new SuppressionsJdbc(jdbc, PrivacyFixture.HASH),
            events::add,
            clock)
        .change(
            touch,
            new Preferences.Wanted(Set.of(topic), null, null, null),
            new Unsubscribe.Proof("preference page", "https://go.example.com/", null, null));
    return events;
  }
}
