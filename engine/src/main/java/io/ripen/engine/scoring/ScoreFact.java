package io.ripen.engine.scoring;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.PagePath;
import io.ripen.engine.tables.TableFact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a column of the score table may ask for: the event alone. So the score does not depend on
 * the order in which events come in, and can be made again from them.
 */
enum ScoreFact implements TableFact<Event> {
  EVENT_NAME("event.name", ScoreFact::name),
  EVENT_TYPE("event.type", Event::type),
  EVENT_SITE("event.site", Event::site),
  PAGE_PATH("page.path", PagePath::of);

  private final String path;

  @SuppressWarnings("ImmutableEnumChecker") // All are lambdas that keep nothing.
  private final Function<Event, @Nullable Object> value;

  ScoreFact(String path, Function<Event, @Nullable Object> value) {
    this.path = path;
    this.value = value;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable Object of(Event event) {
    return value.apply(event);
  }

  /** What happened: a track event's own name, and the type of all others. */
  private static String name(Event event) {
    return event.type().equals("track") ? event.name() : event.type();
  }
}
